"""What is swept: changes that every hub has read long ago."""

from parvis.kernel.jobs.pace import sweep
from parvis.kernel.jobs.registry import every, job
from parvis.kernel.live.changes import old_changes


@every(minutes=30)
@job(lane="now")
def forget_old_changes() -> None:
    sweep(old_changes())
