"""What danger is told with, whatever its kind: who is in it, what drives into it, how far apart the words stand.

Parts of regular expressions, on folded text.
"""

WHO = (
    r"\b(?:cocu[gk]|bebe[gk]|ogrenci|yasli|kadin|adam|amca|teyze|dede|nine|vatandas|insan|isci|genc(?!lik)|kisi|"
    r"biri\b|birisi|"
    r"yaya(?!l)|komsu|kiz(?:im|i)?\b|oglu|oglan|engelli|anne|baba|torun|muhtar)\w*"
)
WHAT_DRIVES = (
    r"\b(?:araba|arac|otomobil|kamyon|minibus|otobus|servis|traktor|motosiklet|motor|bisiklet|kepce)\w*"
)
FEW, SOME = r"(?: \w+){0,2} ", r"(?: \w+){0,5} "
"""Words that may stand between two that belong together."""
