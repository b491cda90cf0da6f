"""Weights of the ranker of speakers, fitted by `training/ranker.py`.

Trained on: English Wikinews 2019 and 2020 (CC BY 2.5); GUM news and interviews, English Wikinews with
annotation by Amir Zeldes and others (text CC BY 2.5, annotation CC BY 4.0).
"""

TRAINED_ON = "en"
TABLE = """
b-1 -0.52 b-1|alone -0.35 b-1|big -0.52 b-1|det-a -0.23 b-1|det-none -0.36 b-1|det-other -0.26 b-1|det-the
-0.26 b-1|end, -0.25 b-1|end. -0.45 b-1|endw -0.5 b-1|first -0.26 b-1|full -0.42 b-1|gov-cue -0.36
b-1|gov-no -0.4 b-1|gov-prep -0.44 b-1|gov-that -0.36 b-1|is-last -0.22 b-1|last -0.61 b-1|mid -0.46
b-1|more -0.37 b-1|not-last -0.51 b-1|opens -0.41 b-1|person -0.5 b-1|possessive -0.29 b-1|pre, -0.49
b-1|pre: -0.21 b-1|prep -0.64 b-1|prestart -0.15 b-1|prew -0.52 b-1|pronounf -0.46 b-1|pronounm -0.47
b-1|pronounp -0.54 b-1|pronounr -0.33 b-1|role -0.34 b-1|small -0.34 b-1|subject -0.45 b-1|surname -0.34
b-1|thing? -0.3 b-1|titled -0.2 b-1|uses1 -0.37 b-1|uses2 -0.33 b-1|uses3 -0.14 b-1|uses4 -0.58
b-1|verb-after -0.49 b-1|verb-apposed -0.15 b-1|verb-before -0.32 b-1|verb-none -0.46 b-1|verb-weak-after
-0.22 b-1|verb-weak-apposed -0.23 b-1|verb-weak-before -0.38 b-2 -0.67 b-2|alone -0.66 b-2|big -0.67
b-2|det-a -0.14 b-2|det-none -0.35 b-2|det-other -0.16 b-2|det-the -0.33 b-2|end, -0.31 b-2|end. -0.68
b-2|endw -0.44 b-2|first -0.29 b-2|full -0.49 b-2|gov-cue -0.31 b-2|gov-no -0.65 b-2|gov-prep -0.4
b-2|gov-that -0.16 b-2|is-last -0.27 b-2|last -0.72 b-2|mid -0.43 b-2|more -0.59 b-2|not-last -0.68
b-2|opens -0.22 b-2|person -0.47 b-2|possessive -0.27 b-2|pre, -0.38 b-2|pre: -0.41 b-2|prep -0.67
b-2|prestart -0.64 b-2|prew -0.33 b-2|pronounf -0.18 b-2|pronounm -0.6 b-2|pronounp -0.26 b-2|pronounr -0.52
b-2|role -0.29 b-2|small -0.41 b-2|subject -0.45 b-2|surname -0.38 b-2|thing? -0.41 b-2|titled -0.15
b-2|uses1 -0.41 b-2|uses2 -0.24 b-2|uses3 -0.4 b-2|uses4 -0.55 b-2|verb-after -0.36 b-2|verb-apposed -0.26
b-2|verb-before -0.36 b-2|verb-none -0.44 b-2|verb-weak-after -0.44 b-2|verb-weak-apposed -0.2
b-2|verb-weak-before -0.34 b-3 -0.62 b-3|alone -1.03 b-3|big -0.67 b-3|det-a -0.1 b-3|det-none -0.3
b-3|det-other -0.31 b-3|det-the -0.23 b-3|end, -0.52 b-3|end. -0.64 b-3|endw -0.39 b-3|first -0.55 b-3|full
-0.37 b-3|gov-cue -0.21 b-3|gov-no -0.54 b-3|gov-prep -0.25 b-3|gov-that -0.57 b-3|is-last -0.38 b-3|last
-0.5 b-3|mid -0.47 b-3|more -0.56 b-3|not-last -0.56 b-3|opens -0.43 b-3|person -0.51 b-3|possessive -0.2
b-3|pre, -0.4 b-3|pre: -0.41 b-3|prep -0.85 b-3|prestart -0.85 b-3|prew -0.39 b-3|pronounf -0.36
b-3|pronounm -0.65 b-3|pronounp -0.31 b-3|pronounr -0.17 b-3|role -0.34 b-3|small -0.35 b-3|subject -0.42
b-3|surname -0.38 b-3|thing? -0.35 b-3|titled -0.23 b-3|uses1 -0.43 b-3|uses2 -0.16 b-3|uses3 -0.22
b-3|uses4 -0.27 b-3|verb-after -0.56 b-3|verb-apposed -0.22 b-3|verb-before -0.35 b-3|verb-none -0.41
b-3|verb-weak-after -0.29 b-3|verb-weak-apposed -0.1 b-3|verb-weak-before -0.17 b-|alone|after -0.81
b-|alone|apposed -0.14 b-|alone|before -0.28 b-|alone|none -0.9 b-|alone|weak-after -0.25
b-|alone|weak-apposed -0.1 b-|alone|weak-before -0.36 b-|big|after -0.63 b-|big|apposed -0.26 b-|big|before
-0.48 b-|big|none -0.6 b-|big|weak-after -0.33 b-|big|weak-apposed -0.12 b-|big|weak-before -0.32
b-|end,|after -0.42 b-|end,|apposed -0.19 b-|end,|before -0.41 b-|end,|none -0.15 b-|end,|weak-after -0.33
b-|end,|weak-apposed -0.14 b-|end,|weak-before -0.27 b-|end.|after -0.66 b-|end.|apposed -0.22
b-|end.|before -0.46 b-|end.|none -0.57 b-|end.|weak-after -0.24 b-|end.|weak-apposed -0.12
b-|end.|weak-before -0.29 b-|endw|after -0.32 b-|endw|apposed -0.16 b-|endw|before -0.35 b-|endw|none -0.46
b-|endw|weak-after -0.55 b-|endw|weak-apposed -0.2 b-|endw|weak-before -0.25 b-|first|after -0.52
b-|first|apposed -0.11 b-|first|before -0.29 b-|first|none -0.25 b-|first|weak-after -0.43
b-|first|weak-apposed -0.15 b-|first|weak-before -0.28 b-|last|after -0.5 b-|last|apposed -0.19
b-|last|before -0.38 b-|last|none -0.44 b-|last|weak-after -0.49 b-|last|weak-apposed -0.2
b-|last|weak-before -0.31 b-|mid|after -0.38 b-|mid|apposed -0.28 b-|mid|before -0.38 b-|mid|none -0.42
b-|mid|weak-after -0.31 b-|mid|weak-apposed -0.13 b-|mid|weak-before -0.24 b-|more|after -0.56
b-|more|apposed -0.19 b-|more|before -0.39 b-|more|none -0.54 b-|more|weak-after -0.27 b-|more|weak-apposed
-0.12 b-|more|weak-before -0.35 b-|pre,|after -0.35 b-|pre,|apposed -0.34 b-|pre,|before -0.34 b-|pre,|none
-0.45 b-|pre,|weak-after -0.24 b-|pre,|weak-apposed -0.12 b-|pre,|weak-before -0.31 b-|pre:|after -0.2
b-|pre:|apposed -0.12 b-|pre:|before -0.17 b-|pre:|none -0.51 b-|pre:|weak-after -0.17 b-|pre:|weak-apposed
-0.12 b-|pre:|weak-before -0.14 b-|prep|after -0.68 b-|prep|apposed -0.17 b-|prep|before -0.28 b-|prep|none
-0.62 b-|prep|weak-after -0.58 b-|prep|weak-apposed -0.11 b-|prep|weak-before -0.45 b-|prestart|after -0.89
b-|prestart|apposed -0.11 b-|prestart|before -0.29 b-|prestart|none -0.83 b-|prestart|weak-after -0.26
b-|prestart|weak-apposed -0.14 b-|prestart|weak-before -0.25 b-|prew|after -0.31 b-|prew|apposed -0.37
b-|prew|before -0.38 b-|prew|none -0.39 b-|prew|weak-after -0.54 b-|prew|weak-apposed -0.21
b-|prew|weak-before -0.44 b-|small|after -0.44 b-|small|apposed -0.3 b-|small|before -0.33 b-|small|none
-0.32 b-|small|weak-after -0.32 b-|small|weak-apposed -0.25 b-|small|weak-before -0.5 det-a -0.67 det-none
-0.45 det-other -0.47 det-the -0.69 gov-cue 0.18 gov-no -0.29 gov-prep -0.83 gov-that -0.33 is-last|alone
0.43 is-last|end, -0.17 is-last|end. 0.21 is-last|endw 0.09 is-last|first -0.08 is-last|last 0.07
is-last|mid 0.12 is-last|more 0.16 is-last|pre: -0.61 is-last|prep 0.2 is-last|prestart -0.07 is-last|small
0.17 n+ -0.62 n+|alone -0.57 n+|alone|after -0.43 n+|alone|apposed -0.18 n+|alone|before -0.29 n+|alone|none
-0.33 n+|alone|weak-after -0.24 n+|alone|weak-apposed -0.2 n+|alone|weak-before -0.28 n+|big -0.59
n+|big|after -0.36 n+|big|apposed -0.14 n+|big|before -0.25 n+|big|none -0.37 n+|big|weak-after -0.24
n+|big|weak-apposed -0.17 n+|big|weak-before -0.28 n+|det-a -0.27 n+|det-none -0.24 n+|det-other -0.18
n+|det-the -0.22 n+|end, -0.39 n+|end,|after -0.27 n+|end,|before -0.17 n+|end,|none -0.23
n+|end,|weak-after -0.19 n+|end,|weak-before -0.21 n+|end. -0.63 n+|end.|after -0.39 n+|end.|apposed -0.14
n+|end.|before -0.26 n+|end.|none -0.38 n+|end.|weak-after -0.25 n+|end.|weak-apposed -0.17
n+|end.|weak-before -0.27 n+|endw -0.43 n+|endw|after -0.26 n+|endw|apposed -0.24 n+|endw|before -0.32
n+|endw|none -0.47 n+|endw|weak-after -0.25 n+|endw|weak-apposed -0.07 n+|endw|weak-before -0.16 n+|first
-0.4 n+|first|after -0.29 n+|first|apposed -0.21 n+|first|before -0.19 n+|first|none -0.27
n+|first|weak-after -0.16 n+|first|weak-before -0.27 n+|full -0.3 n+|gov-cue -0.86 n+|gov-no -0.49
n+|gov-prep -0.31 n+|gov-that -0.13 n+|is-last -0.3 n+|last -0.61 n+|last|after -0.49 n+|last|apposed -0.25
n+|last|before -0.49 n+|last|none -0.39 n+|last|weak-after -0.24 n+|last|weak-apposed -0.1
n+|last|weak-before -0.27 n+|mid -0.6 n+|mid|after -0.35 n+|mid|apposed -0.14 n+|mid|before -0.24
n+|mid|none -0.36 n+|mid|weak-after -0.24 n+|mid|weak-apposed -0.11 n+|mid|weak-before -0.15 n+|more -0.5
n+|more|after -0.34 n+|more|apposed -0.13 n+|more|before -0.17 n+|more|none -0.34 n+|more|weak-after -0.46
n+|more|weak-apposed -0.19 n+|more|weak-before -0.35 n+|not-last -0.61 n+|opens -0.24 n+|person -0.3
n+|possessive -0.21 n+|pre, -0.44 n+|pre,|after -0.25 n+|pre,|apposed -0.13 n+|pre,|before -0.18
n+|pre,|none -0.29 n+|pre,|weak-after -0.63 n+|pre,|weak-before -0.22 n+|pre: -0.55 n+|pre:|after -0.1
n+|pre:|apposed -0.15 n+|pre:|none -0.35 n+|pre:|weak-after -0.2 n+|pre:|weak-before -0.1 n+|prep -0.62
n+|prep|after -0.42 n+|prep|apposed -0.18 n+|prep|before -0.36 n+|prep|none -0.36 n+|prep|weak-after -0.29
n+|prep|weak-apposed -0.2 n+|prep|weak-before -0.28 n+|prestart -0.39 n+|prestart|after -0.3
n+|prestart|apposed -0.21 n+|prestart|before -0.18 n+|prestart|none -0.26 n+|prestart|weak-after -0.15
n+|prestart|weak-before -0.27 n+|prew -0.38 n+|prew|after -0.24 n+|prew|apposed -0.16 n+|prew|before -0.33
n+|prew|none -0.54 n+|prew|weak-after -0.43 n+|prew|weak-apposed -0.1 n+|prew|weak-before -0.28 n+|pronounf
-0.18 n+|pronounm -0.67 n+|pronounp -0.31 n+|pronounr -0.65 n+|role -0.41 n+|small -0.42 n+|small|after
-0.27 n+|small|apposed -0.3 n+|small|before -0.35 n+|small|none -0.56 n+|small|weak-after -0.49
n+|small|weak-before -0.37 n+|subject -0.28 n+|surname -0.3 n+|thing? -0.29 n+|titled -0.3 n+|uses1 -0.3
n+|uses2 -0.3 n+|uses3 -0.29 n+|uses4 -0.41 n+|verb-after -0.41 n+|verb-apposed -0.16 n+|verb-before -0.29
n+|verb-none -0.39 n+|verb-weak-after -0.26 n+|verb-weak-apposed -0.17 n+|verb-weak-before -0.31 opens 0.11
p+1 -0.54 p+1|alone -0.37 p+1|big -0.53 p+1|cues0|after -0.22 p+1|cues0|apposed -0.14 p+1|cues0|none -0.57
p+1|cues0|weak-after -0.33 p+1|cues1|after -0.3 p+1|cues1|before -0.32 p+1|cues1|none -0.15
p+1|cues1|weak-after -0.14 p+1|cues1|weak-apposed -0.07 p+1|cues1|weak-before -0.31 p+1|cues2|after -0.25
p+1|cues2|before -0.28 p+1|cues2|none -0.39 p+1|cues2|weak-after -0.14 p+1|cues2|weak-apposed -0.13
p+1|cues2|weak-before -0.17 p+1|det-a -0.28 p+1|det-none -0.16 p+1|det-other -0.23 p+1|det-the -0.12
p+1|end, -0.32 p+1|end. -0.5 p+1|endw -0.24 p+1|first -0.14 p+1|full -0.26 p+1|gov-cue -0.55 p+1|gov-no
-0.52 p+1|gov-prep -0.28 p+1|gov-that -0.48 p+1|is-last -0.09 p+1|mid -0.6 p+1|more -0.54 p+1|not-last -0.54
p+1|opens -0.27 p+1|person -0.33 p+1|possessive -0.19 p+1|pre, -0.39 p+1|pre: -0.25 p+1|prep -0.33
p+1|prestart -0.26 p+1|prew -0.75 p+1|pronounf -0.23 p+1|pronounm -0.46 p+1|pronounp -0.24 p+1|pronounr
-0.28 p+1|quotes0 -0.54 p+1|quotes1 -0.36 p+1|quotes2 -0.2 p+1|role -0.41 p+1|small -0.5 p+1|subject -0.29
p+1|surname -0.31 p+1|thing? -0.18 p+1|titled -0.3 p+1|uses1 -0.15 p+1|uses2 -0.18 p+1|uses3 -0.18 p+1|uses4
-0.32 p+1|verb-after -0.31 p+1|verb-apposed -0.14 p+1|verb-before -0.42 p+1|verb-none -0.25
p+1|verb-weak-after -0.36 p+1|verb-weak-apposed -0.16 p+1|verb-weak-before -0.35 p+2 -0.4 p+2|alone -0.18
p+2|big -0.38 p+2|cues0|after -0.24 p+2|cues0|none -0.36 p+2|cues0|weak-after -0.1 p+2|cues1|after -0.19
p+2|cues1|before -0.11 p+2|cues1|none -0.19 p+2|cues1|weak-before -0.15 p+2|cues2|after -0.2
p+2|cues2|apposed -0.12 p+2|cues2|before -0.37 p+2|cues2|none -0.21 p+2|cues2|weak-after -0.25
p+2|cues2|weak-before -0.34 p+2|det-none -0.41 p+2|det-other -0.17 p+2|det-the -0.24 p+2|end, -0.34 p+2|end.
-0.52 p+2|endw -0.25 p+2|first -0.18 p+2|full -0.3 p+2|gov-cue -0.39 p+2|gov-no -0.39 p+2|gov-prep -0.29
p+2|gov-that -0.18 p+2|is-last -0.2 p+2|mid -0.59 p+2|more -0.4 p+2|not-last -0.4 p+2|opens -0.54 p+2|person
-0.49 p+2|pre, -0.45 p+2|prep -0.42 p+2|prestart -0.18 p+2|prew -0.39 p+2|pronounf -0.18 p+2|pronounm -0.39
p+2|pronounp -0.43 p+2|pronounr -0.11 p+2|quotes0 -0.31 p+2|quotes1 -0.59 p+2|quotes2 -0.47 p+2|role -0.2
p+2|small -0.43 p+2|subject -0.53 p+2|surname -0.44 p+2|thing? -0.36 p+2|titled -0.08 p+2|uses1 -0.29
p+2|uses2 -0.24 p+2|uses3 -0.29 p+2|uses4 -0.35 p+2|verb-after -0.26 p+2|verb-apposed -0.12 p+2|verb-before
-0.29 p+2|verb-none -0.27 p+2|verb-weak-after -0.32 p+2|verb-weak-before -0.22 p+|alone|after -0.12
p+|alone|none -0.13 p+|alone|weak-after -0.16 p+|alone|weak-before -0.22 p+|big|after -0.31 p+|big|apposed
-0.19 p+|big|before -0.41 p+|big|none -0.37 p+|big|weak-after -0.35 p+|big|weak-apposed -0.1
p+|big|weak-before -0.45 p+|end,|after -0.22 p+|end,|before -0.11 p+|end,|none -0.29 p+|end,|weak-after
-0.25 p+|end,|weak-before -0.11 p+|end.|after -0.2 p+|end.|apposed -0.19 p+|end.|before -0.32 p+|end.|none
-0.53 p+|end.|weak-after -0.37 p+|end.|weak-before -0.42 p+|endw|after -0.33 p+|endw|apposed -0.08
p+|endw|before -0.43 p+|endw|none -0.3 p+|endw|weak-after -0.29 p+|endw|weak-apposed -0.16
p+|endw|weak-before -0.11 p+|first|after -0.28 p+|first|before -0.15 p+|first|none -0.22 p+|first|weak-after
-0.27 p+|first|weak-apposed -0.07 p+|mid|after -0.33 p+|mid|apposed -0.19 p+|mid|before -0.45 p+|mid|none
-0.69 p+|mid|weak-after -0.35 p+|mid|weak-apposed -0.14 p+|mid|weak-before -0.34 p+|more|after -0.39
p+|more|apposed -0.19 p+|more|before -0.49 p+|more|none -0.37 p+|more|weak-after -0.39 p+|more|weak-apposed
-0.16 p+|more|weak-before -0.45 p+|pre,|after -0.19 p+|pre,|apposed -0.19 p+|pre,|before -0.36 p+|pre,|none
-0.52 p+|pre,|weak-after -0.26 p+|pre,|weak-before -0.34 p+|pre:|after -0.2 p+|prep|after -0.19
p+|prep|before -0.14 p+|prep|none -0.51 p+|prep|weak-after -0.3 p+|prestart|after -0.22 p+|prestart|before
-0.09 p+|prestart|none -0.22 p+|prestart|weak-after -0.19 p+|prestart|weak-apposed -0.07 p+|prew|after -0.32
p+|prew|apposed -0.08 p+|prew|before -0.36 p+|prew|none -0.65 p+|prew|weak-after -0.4 p+|prew|weak-apposed
-0.14 p+|prew|weak-before -0.22 p+|small|after -0.47 p+|small|before -0.33 p+|small|none -0.36
p+|small|weak-after -0.28 p+|small|weak-apposed -0.13 p+|small|weak-before -0.14 p-1 -0.09 p-1|alone 0.28
p-1|cues0|before 0.18 p-1|cues0|none -0.45 p-1|cues0|weak-before -0.17 p-1|cues1|after 0.55
p-1|cues1|apposed 0.3 p-1|cues1|before -0.15 p-1|cues1|none -0.61 p-1|cues1|weak-after -0.43
p-1|cues1|weak-before -0.42 p-1|cues2|after -0.42 p-1|cues2|apposed -0.15 p-1|cues2|before -0.63
p-1|cues2|none -0.58 p-1|cues2|weak-after -0.54 p-1|cues2|weak-apposed -0.31 p-1|cues2|weak-before -0.19
p-1|det-a -0.22 p-1|det-other -0.45 p-1|det-the -0.51 p-1|end, -0.48 p-1|endw -0.8 p-1|first -0.43 p-1|full
0.15 p-1|gov-cue 0.09 p-1|gov-no -0.23 p-1|gov-prep -0.84 p-1|gov-that -0.43 p-1|is-last 0.25 p-1|last 0.11
p-1|mid -0.37 p-1|more -0.2 p-1|not-last -0.34 p-1|opens -0.09 p-1|phrase 0.25 p-1|possessive -0.06 p-1|pre,
-0.18 p-1|pre: -0.53 p-1|prep 0.05 p-1|prew -0.82 p-1|pronounf 0.35 p-1|pronounm -0.06 p-1|pronounp -0.83
p-1|pronounr -0.57 p-1|quotes0 -0.11 p-1|quotes1 -0.24 p-1|quotes2 -0.49 p-1|role -0.65 p-1|small -0.73
p-1|subject -0.38 p-1|surname -0.34 p-1|thing? -0.31 p-1|titled -0.41 p-1|uses2 -0.43 p-1|uses3 -0.11
p-1|verb-apposed 0.2 p-1|verb-none -0.77 p-1|verb-weak-after -0.73 p-1|verb-weak-apposed -0.31
p-1|verb-weak-before -0.38 p-2 -0.35 p-2|alone -0.45 p-2|big -0.24 p-2|cues0|none -0.42
p-2|cues0|weak-before -0.22 p-2|cues1|before -0.31 p-2|cues1|none -0.48 p-2|cues1|weak-after -0.53
p-2|cues1|weak-before -0.33 p-2|cues2|after 0.06 p-2|cues2|apposed -0.45 p-2|cues2|before -0.19
p-2|cues2|none -0.38 p-2|cues2|weak-after -0.35 p-2|cues2|weak-before -0.22 p-2|det-a -0.26 p-2|det-none
-0.38 p-2|det-other -0.36 p-2|det-the -0.32 p-2|end, -0.19 p-2|end. -0.25 p-2|endw -0.39 p-2|first -0.3
p-2|full -0.28 p-2|gov-cue -0.63 p-2|gov-no -0.23 p-2|gov-prep -0.32 p-2|gov-that -0.66 p-2|is-last -0.37
p-2|last -0.51 p-2|mid -0.26 p-2|more -0.23 p-2|not-last -0.28 p-2|opens -0.37 p-2|person -0.44 p-2|phrase
0.31 p-2|possessive -0.11 p-2|pre, -0.12 p-2|pre: -0.25 p-2|prep -0.45 p-2|prew -0.58 p-2|pronounf -0.32
p-2|pronounm -0.76 p-2|pronounp -0.7 p-2|pronounr -0.6 p-2|quotes0 -0.71 p-2|quotes1 -0.89 p-2|quotes2 -0.11
p-2|role -0.51 p-2|small -0.44 p-2|subject -0.38 p-2|surname -0.4 p-2|thing? -0.28 p-2|titled -0.26
p-2|uses1 -0.38 p-2|uses2 -0.27 p-2|uses3 -0.31 p-2|uses4 -0.25 p-2|verb-after 0.06 p-2|verb-apposed -0.45
p-2|verb-before -0.43 p-2|verb-none -0.66 p-2|verb-weak-after -0.68 p-2|verb-weak-before -0.46 p-3 -0.29
p-3|alone -0.13 p-3|big -0.15 p-3|cues1|none -0.69 p-3|cues2|after -0.71 p-3|cues2|apposed -0.09
p-3|cues2|before -0.72 p-3|cues2|weak-apposed -0.11 p-3|cues2|weak-before -0.36 p-3|det-a -0.45 p-3|det-none
-1.03 p-3|det-other -0.61 p-3|det-the -0.28 p-3|end, -0.09 p-3|end. -0.14 p-3|endw -0.43 p-3|first -0.41
p-3|full -0.26 p-3|gov-cue -0.73 p-3|gov-no -0.15 p-3|gov-prep -1.15 p-3|gov-that -0.62 p-3|is-last -0.46
p-3|last -0.15 p-3|mid -0.26 p-3|more -0.25 p-3|not-last -0.25 p-3|opens -0.34 p-3|person -0.28 p-3|phrase
0.45 p-3|possessive -0.16 p-3|pre, -0.11 p-3|pre: -0.25 p-3|prep -0.15 p-3|prew -0.32 p-3|pronounf -0.17
p-3|pronounm -0.39 p-3|pronounp -0.18 p-3|pronounr -0.88 p-3|quotes0 -1.16 p-3|quotes1 0.11 p-3|quotes2
-0.15 p-3|role -0.91 p-3|small -0.33 p-3|subject -0.32 p-3|surname -0.62 p-3|thing? -0.47 p-3|titled -0.13
p-3|uses1 -0.25 p-3|uses2 -0.17 p-3|uses3 -0.33 p-3|uses4 -0.57 p-3|verb-after -0.71 p-3|verb-apposed -0.09
p-3|verb-before -0.72 p-3|verb-none -0.23 p-3|verb-weak-apposed -0.11 p-3|verb-weak-before -0.36
p-|alone|after 0.07 p-|alone|apposed 0.13 p-|alone|before 0.2 p-|alone|none -0.28 p-|alone|weak-after -0.24
p-|alone|weak-apposed -0.11 p-|big|after 0.11 p-|big|apposed -0.15 p-|big|before -0.11 p-|big|none -0.48
p-|big|weak-after -0.15 p-|big|weak-apposed -0.2 p-|big|weak-before -0.56 p-|end,|after -0.32
p-|end,|apposed -0.07 p-|end,|before -0.31 p-|end,|none -0.26 p-|end,|weak-after -0.18 p-|end,|weak-apposed
-0.09 p-|end,|weak-before -0.23 p-|end.|after 0.15 p-|end.|apposed -0.08 p-|end.|before -0.1 p-|end.|none
-0.37 p-|end.|weak-after -0.13 p-|end.|weak-apposed -0.11 p-|end.|weak-before -0.5 p-|endw|after -0.73
p-|endw|apposed -0.48 p-|endw|before -0.59 p-|endw|none -0.31 p-|endw|weak-after -0.46 p-|endw|weak-apposed
-0.15 p-|endw|weak-before -0.29 p-|first|after -0.49 p-|first|apposed -0.09 p-|first|before -0.25
p-|first|none -0.17 p-|first|weak-after -0.19 p-|first|weak-apposed -0.09 p-|first|weak-before -0.23
p-|last|after -0.15 p-|last|before 0.16 p-|last|none -0.33 p-|last|weak-after -0.5 p-|last|weak-apposed
-0.11 p-|last|weak-before 0.1 p-|mid|apposed -0.05 p-|mid|before -0.55 p-|mid|none -0.55 p-|mid|weak-after
-0.35 p-|mid|weak-apposed -0.34 p-|mid|weak-before -0.55 p-|more|after 0.14 p-|more|before -0.41
p-|more|none -0.55 p-|more|weak-after -0.34 p-|more|weak-apposed -0.19 p-|more|weak-before -0.58
p-|pre,|after 0.17 p-|pre,|before -0.54 p-|pre,|none -0.33 p-|pre,|weak-after -0.13 p-|pre,|weak-apposed
-0.34 p-|pre,|weak-before -0.47 p-|pre:|after -0.47 p-|pre:|none -0.27 p-|pre:|weak-after -0.24
p-|pre:|weak-before -0.15 p-|prep|after -0.1 p-|prep|apposed 0.06 p-|prep|before 0.1 p-|prep|none -0.46
p-|prep|weak-after -0.39 p-|prep|weak-apposed -0.2 p-|prep|weak-before -0.16 p-|prew|after -0.58
p-|prew|apposed -0.51 p-|prew|before -0.46 p-|prew|none -0.63 p-|prew|weak-after -0.43 p-|prew|weak-apposed
-0.09 p-|prew|weak-before -0.23 p-|small|after -0.63 p-|small|apposed -0.47 p-|small|before -0.5
p-|small|none -0.51 p-|small|weak-after -0.34 p-|small|weak-apposed -0.29 p-|small|weak-before -0.21 phrase
1.14 possessive -0.81 pronounf 0.28 pronounm 0.4 pronounp -0.77 pronounr -1.02 role -1.1 s+ 0.16 s+|big 0.09
s+|big|after 0.21 s+|big|apposed 0.31 s+|big|before 0.1 s+|big|none -0.33 s+|big|weak-after -0.13
s+|comma|apposed|cue+ 0.32 s+|comma|before|cue+ -0.15 s+|comma|weak-apposed|cue+ -0.16
s+|comma|weak-before|cue+ -0.16 s+|cues0|after 0.33 s+|cues0|apposed 0.32 s+|cues0|none 0.18
s+|cues0|weak-after -0.45 s+|cues0|weak-apposed -0.16 s+|cues1|after -0.32 s+|cues1|before 0.12
s+|cues1|none -0.9 s+|cues1|weak-after -0.19 s+|cues1|weak-before -0.34 s+|cues2|before -0.24 s+|cues2|none
-0.48 s+|cues2|weak-before -0.15 s+|det-none -0.32 s+|det-other -0.5 s+|det-the 0.11 s+|end,|after 0.09
s+|end,|before -0.06 s+|end,|none -0.6 s+|end,|weak-after -0.13 s+|end.|after 0.27 s+|end.|apposed 0.32
s+|end.|before -0.23 s+|end.|none -0.63 s+|end.|weak-after -0.21 s+|end.|weak-apposed -0.16
s+|end.|weak-before -0.16 s+|endw 0.29 s+|endw|after 0.2 s+|endw|weak-after -0.45 s+|endw|weak-before -0.34
s+|first 0.18 s+|first|after 0.33 s+|first|none -0.25 s+|first|weak-after -0.13 s+|full 0.75 s+|gap0 0.82
s+|gap1 0.66 s+|gap2 0.1 s+|gap3 -0.38 s+|gap4 -1.01 s+|gap5 -0.8 s+|gov-cue 0.26 s+|gov-no 0.15 s+|gov-prep
-0.52 s+|gov-that -0.28 s+|is-last 0.52 s+|long|before|cue+ -0.51 s+|long|weak-after|cue+ -0.55
s+|long|weak-before|cue+ -0.26 s+|mid 0.09 s+|mid|after 0.15 s+|mid|apposed 0.32 s+|mid|none -0.19
s+|mid|weak-after -0.54 s+|mid|weak-apposed -0.16 s+|mid|weak-before -0.32 s+|more 0.16 s+|more|after 0.3
s+|more|apposed 0.32 s+|more|before 0.1 s+|more|none -0.27 s+|more|weak-after -0.56 s+|more|weak-apposed
-0.16 s+|more|weak-before -0.31 s+|names0 0.54 s+|names1 -0.18 s+|names2 -0.32 s+|names3 -0.78
s+|next|before|cue+ 0.41 s+|not-last 0.13 s+|opens 0.84 s+|person 0.28 s+|phrase 0.31 s+|possessive -0.43
s+|pre,|after 0.19 s+|pre,|before -0.23 s+|pre,|none -0.11 s+|pre: 0.17 s+|pre:|after 0.42 s+|pre:|before
0.2 s+|pre:|none -0.7 s+|prep 0.21 s+|prep|after 0.31 s+|prep|before -0.15 s+|prep|none -0.07 s+|prestart
0.15 s+|prestart|after 0.29 s+|prestart|none -0.25 s+|prestart|weak-after -0.13 s+|prew -0.07
s+|prew|apposed 0.32 s+|prew|before -0.18 s+|prew|none -0.1 s+|prew|weak-after -0.54 s+|prew|weak-apposed
-0.16 s+|prew|weak-before -0.32 s+|pronounf 0.5 s+|pronounm 0.34 s+|pronounp -0.38 s+|pronounr -0.75
s+|quotes0 0.32 s+|quotes1 -0.79 s+|quote|after|cue+ -0.43 s+|quote|before|cue+ -0.2
s+|quote|weak-after|cue+ -0.17 s+|quote|weak-before|cue+ -0.18 s+|role -0.28 s+|short|after|cue+ 0.67
s+|short|before|cue+ -0.66 s+|small|after 0.22 s+|small|apposed 0.15 s+|small|before -0.13
s+|small|weak-after -0.54 s+|small|weak-apposed -0.16 s+|small|weak-before -0.32 s+|subject 0.15 s+|surname
-0.54 s+|thing? -0.28 s+|uses1 0.23 s+|uses2 -0.17 s+|uses3 0.12 s+|verb-after 0.3 s+|verb-apposed 0.32
s+|verb-before 0.1 s+|verb-none -0.27 s+|verb-weak-after -0.56 s+|verb-weak-apposed -0.16
s+|verb-weak-before -0.31 s- 0.09 s-|big 0.08 s-|big|after 0.48 s-|big|apposed 0.09 s-|big|before -0.09
s-|big|none -0.35 s-|big|weak-after 0.08 s-|big|weak-apposed -0.2 s-|big|weak-before 0.16
s-|colon|after|cue- 0.4 s-|colon|apposed|cue- -0.18 s-|colon|before|cue- -0.05 s-|colon|weak-after|cue-
-0.26 s-|colon|weak-before|cue- -0.34 s-|comma|after|cue- 0.53 s-|comma|before|cue- -0.26
s-|comma|weak-after|cue- 0.35 s-|comma|weak-before|cue- -0.06 s-|cues0|before -0.49 s-|cues0|none -1.21
s-|cues0|weak-before -0.47 s-|cues1|after 0.44 s-|cues1|apposed -0.07 s-|cues1|before -0.25 s-|cues1|none
0.09 s-|cues1|weak-after 0.19 s-|cues1|weak-before 0.1 s-|cues2|after -0.46 s-|cues2|apposed 0.11
s-|cues2|before 0.3 s-|cues2|none 0.1 s-|cues2|weak-after 0.27 s-|cues2|weak-apposed -0.2
s-|cues2|weak-before -0.15 s-|det-a -0.84 s-|det-none 0.06 s-|det-other 0.32 s-|det-the -0.54 s-|end,|after
-0.2 s-|end,|apposed 0.21 s-|end,|before -0.34 s-|end,|none -0.24 s-|end,|weak-after -0.26 s-|end. 0.05
s-|end.|after 0.41 s-|end.|apposed 0.19 s-|end.|none -0.51 s-|end.|weak-after 0.4 s-|end.|weak-apposed -0.2
s-|end.|weak-before -0.14 s-|endw 0.12 s-|endw|apposed -0.36 s-|endw|before -1.04 s-|endw|none 0.37
s-|endw|weak-after 0.11 s-|endw|weak-before 0.06 s-|gap0 -0.45 s-|gap1 -0.14 s-|gap2 0.15 s-|gap3 0.07
s-|gap4 -0.22 s-|gap5 0.22 s-|gov-cue 0.16 s-|gov-no 0.18 s-|gov-prep -0.37 s-|is-last 0.18 s-|last 0.22
s-|last|after 0.25 s-|last|before 0.11 s-|last|none 0.06 s-|last|weak-after 0.07 s-|last|weak-apposed -0.2
s-|long|after|cue- -0.3 s-|long|apposed|cue- 0.1 s-|long|before|cue- -0.44 s-|long|weak-after|cue- 0.35
s-|long|weak-before|cue- 0.09 s-|mid 0.09 s-|mid|after 0.16 s-|mid|before -0.19 s-|mid|none -0.09
s-|mid|weak-after 0.27 s-|mid|weak-apposed -0.2 s-|mid|weak-before 0.05 s-|more|before -0.8 s-|more|none
-0.14 s-|more|weak-after 0.28 s-|more|weak-before 0.05 s-|names0 0.09 s-|names1 -0.16 s-|names2 -0.12
s-|names3 0.22 s-|next|after|cue- 0.44 s-|next|apposed|cue- 0.06 s-|next|weak-after|cue- 0.19 s-|opens 0.38
s-|person 0.17 s-|phrase 0.72 s-|possessive -0.61 s-|pre,|after 0.37 s-|pre,|apposed -0.23 s-|pre,|before
-0.32 s-|pre,|none -0.22 s-|pre,|weak-after 0.35 s-|pre,|weak-before -0.15 s-|pre: 0.11 s-|pre:|after 0.47
s-|pre:|apposed -0.24 s-|pre:|before -0.11 s-|pre:|weak-after -0.26 s-|pre:|weak-before -0.34 s-|prew 0.25
s-|prew|after -0.17 s-|prew|apposed 0.47 s-|prew|before -0.69 s-|prew|none 0.2 s-|prew|weak-after 0.19
s-|prew|weak-apposed -0.2 s-|prew|weak-before 0.09 s-|pronounf 0.84 s-|pronounm 0.8 s-|pronounp -0.47
s-|pronounr -0.39 s-|quotes0 0.44 s-|quotes1 -1.07 s-|quotes2 -0.47 s-|quote|after|cue- -0.9
s-|quote|apposed|cue- -0.61 s-|quote|before|cue- -0.36 s-|quote|weak-after|cue- -0.15
s-|quote|weak-apposed|cue- -0.2 s-|quote|weak-before|cue- -0.18 s-|role -0.4 s-|short|after|cue- -0.1
s-|short|apposed|cue- 0.28 s-|short|before|cue- -0.56 s-|short|weak-after|cue- 0.32 s-|small 0.18
s-|small|after -0.24 s-|small|apposed -0.24 s-|small|before -0.46 s-|small|none 0.46 s-|small|weak-after
0.42 s-|small|weak-before -0.34 s-|subject 0.41 s-|surname -0.18 s-|that|before|cue- -0.47
s-|that|weak-after|cue- 0.17 s-|thing? -0.3 s-|titled -0.08 s-|uses2 -0.11 s-|uses3 -0.1 s-|verb-after 0.16
s-|verb-before -0.19 s-|verb-none -0.09 s-|verb-weak-after 0.27 s-|verb-weak-apposed -0.2
s-|verb-weak-before 0.05 subject 0.05 surname -0.7 thing? -0.76 titled -0.27 uses1 -0.19 uses2 -0.42 uses3
-0.41 uses4 -0.47 verb-after 0.12 verb-apposed -0.14 verb-before -0.36 verb-none -0.54 verb-weak-after -0.26
verb-weak-apposed -0.38 verb-weak-before -0.35
"""
PAIRS = TABLE.split()
WEIGHTS = dict(zip(PAIRS[::2], map(float, PAIRS[1::2]), strict=True))
