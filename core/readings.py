"""What a written character, or a group of them, may stand for in a word of a policy.

Knows four ways of writing: letters that look alike, letters that sound alike (every usual transliteration),
digits and signs in place of letters, and the keys of the other keyboard layout. Refuses to know words
(`core.word_index`) and other alphabets than the plain ones that `core.lookalikes` folds to.

A reading is a table: what is written -> the strings of letters that it may stand for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from itertools import product

from core.lookalikes import CYRILLIC, LATIN

Table = Mapping[str, tuple[str, ...]]


def _options(rows: str) -> dict[str, list[str]]:
    """«b в ь б» a line: what is written, then what it may stand for."""
    found: dict[str, list[str]] = {}
    for row in rows.split("\n"):
        written, *letters = row.split()
        found.setdefault(written, []).extend(letters)
    return found


_ITSELF = {char: [char] for char in CYRILLIC + LATIN + "0123456789"}
_CLOSE = {"и": ["й"], "й": ["и"]}  # the breve is a mark, and marks get lost

_LOOKS = _options("""a а
b в ь б
c с
d д
e е э
f ф
g д г
h н ч
i и
j й
k к
l л и
m м т
n п и й л
o о
p р
q д я р
r г я
s с
t т
u и й ц п
v в у л
w ш щ
x х
y у ч
z з г
ji л
jl л
bi ы
bl ы
b| ы
b1 ы
b! ы
ьi ы
ьl ы
ь| ы
ь1 ы
ь! ы
io ю
lo ю
|o ю
1o ю
i0 ю
l0 ю
|0 ю
10 ю
iii ш
lll ш
lli ш
||| ш
111 ш
u, ц
w, щ
j1 л
vv ш в
|< к
|( к
|{ к
l< к
)( х
}{ х
>< х
|-| н
i-i н
l-l н
1-1 н
]-[ н
}-{ н
/\\ л а
/l л
j| л
j1 л
/i л
|\\/| м
/\\/\\ м
|v| м
|n п
i/i и
|/| и
l/l и
1/1 и
|\\| и
() о
[] о
{} о
<> о
}|{ ж
>|< ж
)|( ж
]|[ ж
>i< ж
>k< ж
|> р
|) д р
|° р
/- г
|- г
|7 п
/7 п
<|> ф
|_|_| ш
'-| ч
'/ у
`/ у
\\/ у в
-) э
α а
β в
γ у г
δ д б
ε е з
ζ з
η п н
ι и
κ к
λ л
μ м
ν у в н
ο о
π п
ρ р
σ с о б
τ т
υ у и
φ ф
χ х
ω ш
θ ф о
ξ з
ψ ч
ž ж з
č ч с
š ш
ŝ щ ш
â а
û и
è е
а a
в b
с c
е e
н h
к k
м m
о o
р p
т t
у y
х x
и u n
п n
г r
з z
ш w
ь b
б b
я r
д d
л l
ч y
ц u
α a
β b
γ y
δ d
ε e
η n
ι i
κ k
μ u m
ν v
ο o
ρ p
σ o
τ t
υ u
χ x
ω w
ж x
ə а э е
ҕ г б""")

_SOUNDS = _options("""a а я
b б
c ц к с
d д
e е э
f ф
g г ж
h х г
i и й ы ь ий
j й ж ь дж
k к
l л
m м
n н
o о
p п
q к я
r р
s с з ш
t т
u у ю
v в
w в ш щ
x х кс
y й ы и у ь ый ий
z з ж ц
zh ж
zj ж
kh х
ch ч х
tch ч
cz ч ц
ts ц тс
tz ц
tc ц
sh ш щ
sz ш
shch щ
shh щ
sch щ ш
schtsch щ
stch щ
w' щ
yo е ье ыо
jo е ье
io е ио ье
yu ю ью ыу
ju ю ью
iu ю ью иу
ya я ья ыа
ja я ья
ia я ья иа ия
ye е ье ъе
je е ье ъе
ie е ье ие ъ
eh э
e' э
e` э
y' ы
y` ы
yi ы ый ьи
yy ый
yj ый
iy ий ый
ij ий
ii ий ии
ee и
oo у
ou у
ck к
ph ф
gh г
'' ъ
`` ъ
' ь ъ
` ь ъ
’ ь ъ
" ъ ь
ž ж
č ч
š ш
ŝ щ
šč щ
â я
û ю
è э
α а
β б в
γ г
δ д
ε е э
ζ з
η и
ι и
κ к
λ л
μ м
ν н
ο о
π п
ρ р
σ с
τ т
υ и у
φ ф
χ х
ψ пс
ω о
θ т ф
ξ кс
а a
б b
в v w
г g h
д d
е e
ж j zh
з z s
и i e
й y i j
к k c ck q
л l
м m
н n
о o a
п p
р r
с s c
т t
у u oo w
ф f ph
х h kh
ц c ts
ч ch
ш sh
щ sch
ы y i
э e a
ю yu u
я ya ia a
дж j g
кс x""")

_LEET = _options("""0 о o
1 и й л i l
3 з е э e
4 ч а a
5 с s
6 б ш b
7 т г t
8 в b
9 я д g
@ а a
$ с s
! и й л i
| л и l i
+ т t
€ е e
& в я
( с c
^ а л
< с к
[ с
{ с
! i
? ч""")

_LETTER_DIGITS = {"a": "4@", "e": "3", "i": "1!", "o": "0", "s": "$5"}

_RUSSIAN_KEYS = dict(
    zip("qwertyuiop[]asdfghjkl;'zxcvbnm,.`", "йцукенгшщзхъфывапролджэячсмитьбюе", strict=True)
)
_SHIFTED = dict(zip('{}:"<>~', "хъжэбюе", strict=True))


def _joined(*rows: Mapping[str, list[str]]) -> Table:
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for row in rows:
        for written, letters in row.items():
            found[written].update(dict.fromkeys(letters))
    return {written: tuple(letters) for written, letters in found.items()}


def _with_digits(groups: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """«ia» is «1@», too."""
    found: dict[str, list[str]] = {}
    for written, letters in groups.items():
        signs = [char + _LETTER_DIGITS.get(char, "") if len(written) > 1 else char for char in written]
        for row in product(*signs):
            found["".join(row)] = letters
    return found


LOOKS = _joined(_ITSELF, _CLOSE, _LOOKS, _LEET)
"""One who draws letters: no letter stands for its sound where it has a look."""
SOUNDS = _joined(_ITSELF, _CLOSE, _with_digits(_SOUNDS), _LEET)
"""One who spells sounds."""
ANY = _joined(_ITSELF, _CLOSE, _LOOKS, _with_digits(_SOUNDS), _LEET)
LAYOUT = _joined(
    {key: [letter] for key, letter in (_RUSSIAN_KEYS | _SHIFTED).items()},
    {letter: [letter] for letter in CYRILLIC},
)
"""One who forgot to switch the keyboard, or did it too late."""


def without(table: Table, signs: str) -> Table:
    """The table for texts in which none of these signs is written."""
    return {written: letters for written, letters in table.items() if not set(written) & set(signs)}


TO_RUSSIAN_KEYS = str.maketrans(_RUSSIAN_KEYS)
"""What the same keys give in the Russian layout."""
