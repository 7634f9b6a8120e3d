"""By what a sound may be spelled in another alphabet: every usual transliteration, both ways.

Knows Latin and Greek spellings of Russian, and Russian ones of English. Refuses to know how a letter looks
(`core.letter_looks`), and whether a word is drawn or spelled (`core.readings`).
"""

from __future__ import annotations

ROWS = """a а я
b б ь
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
кс x"""
"""«zh ж» a line: what is written, then what it may stand for."""
