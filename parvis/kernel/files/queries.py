"""Reading files: which of a picture's sizes to show."""

from parvis.kernel.files.models import Blob, File


def thumbnail_of(file: File, side: int) -> Blob:
    """The smallest stored picture of at least `side` pixels, or the picture itself. One or two queries."""
    smaller = file.blob.thumbnails.filter(side__gte=side).select_related("blob").order_by("side").first()
    return smaller.blob if smaller else file.blob
