"""Words of other languages by which a text is known to be in one of them: days, hours, questions, small words."""

from __future__ import annotations

_TELLING = (
    "lundi mardi mercredi jeudi vendredi samedi dimanche demain aujourd'hui matin après-midi soir disponible libres "
    "montag dienstag mittwoch donnerstag freitag samstag sonntag heute morgen übermorgen nachmittag vormittag uhr "
    "frei verfügbar termin besprechung lunes martes miércoles miercoles jueves viernes sábado domingo mañana manana "
    "hoy tarde disponibles reunión reunion libre segunda-feira terça-feira terça quarta-feira quinta-feira "
    "sexta-feira amanhã amanha hoje reunião disponível livre lunedì martedì mercoledì giovedì venerdì lunedi "
    "martedi mercoledi giovedi venerdi domani oggi pomeriggio disponibile riunione libero maandag dinsdag woensdag "
    "donderdag vrijdag zaterdag zondag vandaag vergadering beschikbaar poniedziałek wtorek środa czwartek piątek "
    "jutro dzisiaj senin selasa rabu kamis jumat besok thứ ngày mai chiều họp"
)
_SMALL = (
    "le la les est ce que qui quand une avec pour nous vous je tu il elle on sont peut entre à heures der die das "
    "ist sind wer wann hat haben mit und wir ich du sie kann zwischen um am el los las es quién quien cuándo cuando "
    "con para nosotros está están tiene entre a las o os quem com para nós está il lo gli chi con per noi è sono "
    "può tra alle de het een wie wanneer met en wij van"
)
TELLING = frozenset(_TELLING.split()) - {"morgen", "a", "o"}
SMALL = frozenset(_SMALL.split()) - {"on", "a", "die", "am", "um", "es", "en", "con", "per", "hat", "o", "as", "de"}
SCRIPTS = (
    (0x0370, 0x03FF),  # Greek
    (0x0400, 0x052F),  # Cyrillic
    (0x0530, 0x058F),  # Armenian
    (0x0590, 0x05FF),  # Hebrew
    (0x0600, 0x077F),  # Arabic
    (0x0900, 0x0DFF),  # the scripts of India
    (0x0E00, 0x0EFF),  # Thai and Lao
    (0x1000, 0x109F),  # Burmese
    (0x10A0, 0x10FF),  # Georgian
    (0x1100, 0x11FF),  # Korean
    (0x1780, 0x17FF),  # Khmer
    (0x3040, 0x30FA),  # Japanese kana
    (0xAC00, 0xD7AF),  # Korean
)
"""Ranges of letters that neither Chinese nor English is written in."""
