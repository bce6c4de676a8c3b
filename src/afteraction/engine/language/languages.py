"""In which language a sentence is: by its script and by the small words that only one language has.

Knows 14 profiles of small words and the scripts of others. Refuses to guess from one word: then the sentence is in the
language of its paragraph.
"""

# ruff: noqa: E501
from __future__ import annotations

import re

from afteraction.engine.language.words.pack import listed

_PROFILES: dict[str, frozenset[str]] = {
    "en": listed("the and of to was were is are that it with for this which had been by from not have has be as on at but we our they after before when because should would could did an its there then while all no he she you i"),
    "de": listed("der das und ist nicht ein eine einen einem einer eines wurde wurden hat haben hatte hatten den dem des auf für mit von zu zum zur im vom am als auch sich wir er sie durch bei nach aus über werden worden waren kein keine keinen noch weil dass oder wenn wie vor dieser diese dieses ihm ihr unser unsere es beim wäre hätte sollte könnte menschliches menschlicher menschlichen hätten wären sollen müssen können ursache fehler uns unser unserem versehentlich bevor damit obwohl etwas niemand jemand vergessen"),
    "es": listed("el los las del que y en una unos por para con se fue es está al lo como pero su sus han había fueron más sin sobre cuando ya muy este esta nos hubo porque también ser estaba debido según hemos debería podría desde hasta entre qué humano deberíamos deberían haber hubiera hubieran hubiéramos habría habríamos tendría podríamos debió debimos culpa nadie alguien antes olvidó"),
    "fr": listed("le les des du et est une dans pour pas sur qui avec ce cette été nous vous au aux par ne plus sont était ont mais leur leurs ses ces cet avait être il elle ils qu que où donc ou si très aurait"),
    "pt": listed("o os do da dos das em não um uma para com foi que ao à pelo pela mais mas são foram por se ser está estava também nós isso esse essa ele ela eles houve quando sem no na nos nas"),
    "it": listed("il gli della del di che è non per una con sono stato stata alla dei delle nel nella sul più ma anche come questo questa ha hanno era erano dal dalla lo abbiamo stati"),
    "nl": listed("het een van niet met voor zijn werd werden wordt op te dat die aan ook naar maar door bij om uit hij zij wij deze dit geen heeft hebben hadden er nog als de en"),
    "sv": listed("och att det som är inte för på av ett den har hade till med om från var vi när efter blev kunde skulle också"),
    "da": listed("og det ikke på er til af som den har havde med fra var vi når efter blev kunne skulle også ikke et at der"),
    "no": listed("og det ikke på er til av som den har hadde med fra var vi når etter ble kunne skulle også et å ikke"),
    "pl": listed("i w nie na się jest że do z był była było przez od po jak ale oraz które który dla za został została są tym tego"),
    "cs": listed("a v na se je že do z byl byla bylo jsme jako ale nebo při od po ve které který pro není jsou nebyl"),
    "tr": listed("ve bir bu için ile da de olarak çok ancak sonra değil gibi kadar daha olan oldu edildi nedeniyle tarafından"),
    "ro": listed("și nu este un o în pe cu la de care pentru din mai fost au sunt ca să prin după între"),
    "fi": listed("ja ei on oli että se mutta kun niin jos myös kuin ovat olivat joka tämä koska jälkeen"),
}  # fmt: skip
# Small words that are English as well, or code, say nothing of another language.
_ALIKE = listed(
    "per come con due dove more son fin van over men nog pour sans sur plus care sub pro or bin pas les des une est data die war was in is so an am at me man hat not den on to do a i as no he has her an be at if for all or it over de"
)
_OWN = {language: words - (_ALIKE if language != "en" else frozenset()) for language, words in _PROFILES.items()}
_FOREIGN = frozenset(word for language, words in _OWN.items() if language != "en" for word in words - _PROFILES["en"])
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SCRIPTS = (
    (re.compile(r"[\u3040-\u30ff]"), "ja"), (re.compile(r"[\uac00-\ud7af]"), "ko"), (re.compile(r"[\u4e00-\u9fff\u3400-\u4dbf]"), "zh"),
    (re.compile(r"[\u0400-\u04ff]"), "und-Cyrl"), (re.compile(r"[\u0600-\u06ff]"), "und-Arab"), (re.compile(r"[\u0590-\u05ff]"), "he"),
    (re.compile(r"[\u0370-\u03ff]"), "el"), (re.compile(r"[\u0e00-\u0e7f]"), "th"), (re.compile(r"[\u0900-\u097f]"), "hi"),
)  # fmt: skip
_OTHER_SCRIPT = re.compile(
    r"[\u0370-\u06ff\u0900-\u097f\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]"
)
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")


def is_foreign_at_all(said: frozenset[str] | set[str], text: str, *, expected: bool = False) -> bool:
    """Whether a part of a text may hold another language than English: `said` are its words in small letters. Where
    another language is `expected` one small word is enough to look closer."""
    if len(_FOREIGN & said) >= (1 if expected else 2):
        return True
    return not text.isascii() and _OTHER_SCRIPT.search(text) is not None


def language_of(sentence: str, *, around: str = "en") -> str:
    """The tag of BCP 47 of the language of a sentence, that of the text around it where the sentence is too short to
    tell. A script that several languages write is "und-" and the script."""
    if not sentence.isascii():
        written = len(_LATIN.findall(sentence))
        for script, language in _SCRIPTS:
            if len(script.findall(sentence)) > written // (4 if language in ("ja", "ko", "zh") else 1):
                return language
    words = [word.lower() for word in _WORD.findall(sentence)]
    # A script that no profile has is around as well.
    scores = {around: 0} | {language: sum(word in own for word in words) for language, own in _OWN.items()}
    best = max(scores, key=lambda language: (scores[language], language == around, language == "en"))
    if best == around or scores[best] > scores[around] + (1 if best != "en" and around == "en" else 0):
        return best
    if scores[best] > scores[around] and (len(words) <= 6 or not scores[around]):
        return best
    return around
