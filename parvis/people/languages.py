"""The languages people say they speak, by their BCP 47 subtag, named in both languages of the interface."""

from collections.abc import Iterable

from django.utils.translation import get_language

from parvis.kernel.text import folded

# How many somebody may name.
MOST = 8

# Signed languages among them: people work in those too.
_NAMES = {
    "af": ("afrikaans", "Afrikaans"), "am": ("amharique", "Amharic"), "ar": ("arabe", "Arabic"),
    "ase": ("langue des signes américaine", "American Sign Language"), "az": ("azéri", "Azerbaijani"),
    "ber": ("tamazight (berbère)", "Tamazight (Berber)"), "bfi": ("langue des signes britannique",
    "British Sign Language"), "bg": ("bulgare", "Bulgarian"), "bm": ("bambara", "Bambara"), "bn": ("bengali",
    "Bengali"), "br": ("breton", "Breton"), "bs": ("bosnien", "Bosnian"), "ca": ("catalan", "Catalan"),
    "co": ("corse", "Corsican"), "cs": ("tchèque", "Czech"), "cy": ("gallois", "Welsh"), "da": ("danois", "Danish"),
    "de": ("allemand", "German"), "el": ("grec", "Greek"), "en": ("anglais", "English"), "es": ("espagnol", "Spanish"),
    "et": ("estonien", "Estonian"), "eu": ("basque", "Basque"), "fa": ("persan", "Persian"), "fcs":
    ("langue des signes québécoise", "Quebec Sign Language"), "ff": ("peul", "Fula"), "fi": ("finnois", "Finnish"),
    "fr": ("français", "French"), "fsl": ("langue des signes française", "French Sign Language"),
    "ga": ("irlandais", "Irish"), "gcf": ("créole antillais", "Antillean Creole"), "gcr": ("créole guyanais",
    "Guianese Creole"), "gd": ("gaélique écossais", "Scottish Gaelic"), "gl": ("galicien", "Galician"),
    "gsw": ("alsacien et alémanique", "Alsatian and Alemannic"), "gu": ("gujarati", "Gujarati"), "ha": ("haoussa",
    "Hausa"), "he": ("hébreu", "Hebrew"), "hi": ("hindi", "Hindi"), "hr": ("croate", "Croatian"), "ht":
    ("créole haïtien", "Haitian Creole"), "hu": ("hongrois", "Hungarian"), "hy": ("arménien", "Armenian"),
    "id": ("indonésien", "Indonesian"), "ig": ("igbo", "Igbo"), "is": ("islandais", "Icelandic"), "it": ("italien",
    "Italian"), "iu": ("inuktitut", "Inuktitut"), "ja": ("japonais", "Japanese"), "ka": ("géorgien", "Georgian"),
    "kab": ("kabyle", "Kabyle"), "kk": ("kazakh", "Kazakh"), "km": ("khmer", "Khmer"), "ko": ("coréen", "Korean"),
    "ku": ("kurde", "Kurdish"), "lb": ("luxembourgeois", "Luxembourgish"), "ln": ("lingala", "Lingala"),
    "lo": ("lao", "Lao"), "lt": ("lituanien", "Lithuanian"), "lv": ("letton", "Latvian"), "mg": ("malgache",
    "Malagasy"), "mk": ("macédonien", "Macedonian"), "ml": ("malayalam", "Malayalam"), "mn": ("mongol", "Mongolian"),
    "mr": ("marathi", "Marathi"), "ms": ("malais", "Malay"), "mt": ("maltais", "Maltese"), "my": ("birman",
    "Burmese"), "ne": ("népalais", "Nepali"), "nl": ("néerlandais", "Dutch"), "no": ("norvégien", "Norwegian"),
    "oc": ("occitan", "Occitan"), "pa": ("pendjabi", "Punjabi"), "pl": ("polonais", "Polish"), "ps": ("pachto",
    "Pashto"), "pt": ("portugais", "Portuguese"), "rcf": ("créole réunionnais", "Réunion Creole"), "ro": ("roumain",
    "Romanian"), "rom": ("romani", "Romani"), "ru": ("russe", "Russian"), "si": ("cingalais", "Sinhala"),
    "sk": ("slovaque", "Slovak"), "sl": ("slovène", "Slovenian"), "snk": ("soninké", "Soninke"), "so": ("somali",
    "Somali"), "sq": ("albanais", "Albanian"), "sr": ("serbe", "Serbian"), "sv": ("suédois", "Swedish"),
    "sw": ("swahili", "Swahili"), "ta": ("tamoul", "Tamil"), "te": ("télougou", "Telugu"), "th": ("thaï", "Thai"),
    "ti": ("tigrigna", "Tigrinya"), "tl": ("tagalog", "Tagalog"), "tr": ("turc", "Turkish"), "ty": ("tahitien",
    "Tahitian"), "uk": ("ukrainien", "Ukrainian"), "ur": ("ourdou", "Urdu"), "uz": ("ouzbek", "Uzbek"),
    "vi": ("vietnamien", "Vietnamese"), "wo": ("wolof", "Wolof"), "yo": ("yoruba", "Yoruba"), "zh": ("chinois",
    "Chinese"), "zu": ("zoulou", "Zulu"),
}  # fmt: skip


def is_known(code: str) -> bool:
    return code in _NAMES


def language_named(code: str) -> str:
    """In the reader's language; a code that nobody named stands for itself."""
    french, english = _NAMES.get(code, (code, code))
    return french if (get_language() or "fr").startswith("fr") else english


def language_choices() -> list[tuple[str, str]]:
    """(code, name), as the reader's language sorts them."""
    return sorted(((code, language_named(code)) for code in _NAMES), key=lambda choice: folded(choice[1]))


def languages_in_words(codes: Iterable[str]) -> str:
    """« Français, arabe, anglais », in the order they were said."""
    words = ", ".join(language_named(code) for code in codes)
    return words[:1].upper() + words[1:]
