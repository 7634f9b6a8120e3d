"""By what a letter may be drawn: signs, groups of them and letters of other alphabets that look like it.

Knows looks alone, of the characters that `core.lookalikes` folds to. Refuses to know how anything sounds
(`core.letter_sounds`), and whether a word is drawn or spelled (`core.readings`).
"""

from __future__ import annotations

ROWS = """a а
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
ҕ г б"""
"""«b в ь б» a line: what is written, then what it may stand for."""
