"""Weights of the ranker of speakers, fitted by `training/ranker.py`.

Trained on: English Wikinews 2019 and 2020 (CC BY 2.5); GUM news and interviews, English Wikinews with
annotation by Amir Zeldes and others (text CC BY 2.5, annotation CC BY 4.0).
"""

TRAINED_ON = "en"
TABLE = """
b-1 -0.53 b-1|alone -0.26 b-1|big -0.52 b-1|det-a -0.33 b-1|det-none -0.49 b-1|det-other -0.23 b-1|det-the
-0.33 b-1|end, -0.37 b-1|end. -0.47 b-1|endw -0.52 b-1|first -0.46 b-1|full -0.4 b-1|gov-cue -0.48
b-1|gov-no -0.41 b-1|gov-prep -0.41 b-1|gov-that -0.35 b-1|is-last -0.23 b-1|last -0.59 b-1|mid -0.53
b-1|more -0.46 b-1|not-last -0.53 b-1|opens -0.38 b-1|person -0.45 b-1|possessive -0.38 b-1|pre, -0.57
b-1|pre: -0.25 b-1|prep -0.49 b-1|prestart -0.39 b-1|prew -0.61 b-1|pronounf -0.48 b-1|pronounm -0.38
b-1|pronounp -0.77 b-1|pronounr -0.38 b-1|role -0.45 b-1|small -0.31 b-1|subject -0.47 b-1|surname -0.43
b-1|thing? -0.33 b-1|titled -0.13 b-1|uses1 -0.36 b-1|uses2 -0.26 b-1|uses3 -0.17 b-1|uses4 -0.57
b-1|verb-after -0.48 b-1|verb-apposed -0.25 b-1|verb-before -0.29 b-1|verb-none -0.53 b-1|verb-weak-after
-0.15 b-1|verb-weak-apposed -0.35 b-1|verb-weak-before -0.28 b-2 -0.7 b-2|alone -0.44 b-2|big -0.7 b-2|det-a
-0.11 b-2|det-none -0.23 b-2|det-other -0.25 b-2|det-the -0.42 b-2|end, -0.28 b-2|end. -0.65 b-2|endw -0.85
b-2|first -0.42 b-2|full -0.36 b-2|gov-cue -0.49 b-2|gov-no -0.67 b-2|gov-prep -0.39 b-2|gov-that -0.14
b-2|is-last -0.25 b-2|last -0.55 b-2|mid -0.55 b-2|more -0.63 b-2|not-last -0.7 b-2|opens -0.22 b-2|person
-0.4 b-2|possessive -0.29 b-2|pre, -0.52 b-2|pre: -0.33 b-2|prep -0.3 b-2|prestart -0.83 b-2|prew -0.33
b-2|pronounf -0.17 b-2|pronounm -0.59 b-2|pronounp -0.19 b-2|pronounr -0.36 b-2|role -0.22 b-2|small -0.49
b-2|subject -0.43 b-2|surname -0.4 b-2|thing? -0.45 b-2|titled -0.21 b-2|uses1 -0.4 b-2|uses2 -0.23
b-2|uses3 -0.31 b-2|uses4 -0.68 b-2|verb-after -0.35 b-2|verb-apposed -0.23 b-2|verb-before -0.43
b-2|verb-none -0.49 b-2|verb-weak-after -0.4 b-2|verb-weak-apposed -0.27 b-2|verb-weak-before -0.37 b-3
-0.74 b-3|alone -0.81 b-3|big -0.78 b-3|det-a -0.28 b-3|det-none -0.29 b-3|det-other -0.26 b-3|det-the -0.23
b-3|end, -0.55 b-3|end. -0.73 b-3|endw -0.57 b-3|first -0.62 b-3|full -0.41 b-3|gov-cue -0.22 b-3|gov-no
-0.63 b-3|gov-prep -0.31 b-3|gov-that -0.41 b-3|is-last -0.33 b-3|last -0.52 b-3|mid -0.52 b-3|more -0.66
b-3|not-last -0.65 b-3|opens -0.35 b-3|person -0.52 b-3|possessive -0.28 b-3|pre, -0.48 b-3|pre: -0.37
b-3|prep -0.69 b-3|prestart -0.69 b-3|prew -0.31 b-3|pronounf -0.36 b-3|pronounm -0.54 b-3|pronounp -0.35
b-3|pronounr -0.2 b-3|role -0.34 b-3|small -0.3 b-3|subject -0.43 b-3|surname -0.4 b-3|thing? -0.41
b-3|titled -0.22 b-3|uses1 -0.49 b-3|uses2 -0.19 b-3|uses3 -0.22 b-3|uses4 -0.26 b-3|verb-after -0.63
b-3|verb-apposed -0.19 b-3|verb-before -0.39 b-3|verb-none -0.46 b-3|verb-weak-after -0.25
b-3|verb-weak-apposed -0.11 b-3|verb-weak-before -0.13 b-|alone|after -0.36 b-|alone|apposed -0.11
b-|alone|before -0.41 b-|alone|none -0.65 b-|alone|weak-after -0.11 b-|alone|weak-before -0.36 b-|big|after
-0.61 b-|big|apposed -0.25 b-|big|before -0.44 b-|big|none -0.69 b-|big|weak-after -0.32 b-|big|weak-apposed
-0.18 b-|big|weak-before -0.24 b-|end,|after -0.44 b-|end,|apposed -0.21 b-|end,|before -0.42 b-|end,|none
-0.21 b-|end,|weak-after -0.35 b-|end,|weak-apposed -0.09 b-|end,|weak-before -0.26 b-|end.|after -0.58
b-|end.|apposed -0.2 b-|end.|before -0.4 b-|end.|none -0.68 b-|end.|weak-after -0.28 b-|end.|weak-apposed
-0.12 b-|end.|weak-before -0.25 b-|endw|after -0.63 b-|endw|apposed -0.38 b-|endw|before -0.49 b-|endw|none
-0.53 b-|endw|weak-after -0.44 b-|endw|weak-apposed -0.36 b-|endw|weak-before -0.41 b-|first|after -0.39
b-|first|apposed -0.22 b-|first|before -0.56 b-|first|none -0.35 b-|first|weak-after -0.27
b-|first|weak-apposed -0.24 b-|first|weak-before -0.39 b-|last|after -0.41 b-|last|apposed -0.18
b-|last|before -0.47 b-|last|none -0.45 b-|last|weak-after -0.45 b-|last|weak-apposed -0.18
b-|last|weak-before -0.24 b-|mid|after -0.47 b-|mid|apposed -0.24 b-|mid|before -0.36 b-|mid|none -0.58
b-|mid|weak-after -0.27 b-|mid|weak-apposed -0.13 b-|mid|weak-before -0.22 b-|more|after -0.55
b-|more|apposed -0.36 b-|more|before -0.39 b-|more|none -0.67 b-|more|weak-after -0.25 b-|more|weak-apposed
-0.18 b-|more|weak-before -0.45 b-|pre,|after -0.41 b-|pre,|apposed -0.29 b-|pre,|before -0.34 b-|pre,|none
-0.63 b-|pre,|weak-after -0.25 b-|pre,|weak-apposed -0.12 b-|pre,|weak-before -0.2 b-|pre:|after -0.23
b-|pre:|apposed -0.1 b-|pre:|before -0.13 b-|pre:|none -0.56 b-|pre:|weak-after -0.13 b-|pre:|weak-apposed
-0.11 b-|pre:|weak-before -0.11 b-|prep|after -0.2 b-|prep|apposed -0.17 b-|prep|before -0.51 b-|prep|none
-0.36 b-|prep|weak-after -0.29 b-|prep|weak-apposed -0.19 b-|prep|weak-before -0.48 b-|prestart|after -0.79
b-|prestart|apposed -0.17 b-|prestart|before -0.38 b-|prestart|none -0.75 b-|prestart|weak-after -0.16
b-|prestart|weak-apposed -0.1 b-|prestart|weak-before -0.25 b-|prew|after -0.29 b-|prew|apposed -0.34
b-|prew|before -0.4 b-|prew|none -0.39 b-|prew|weak-after -0.64 b-|prew|weak-apposed -0.19
b-|prew|weak-before -0.44 b-|small|after -0.37 b-|small|apposed -0.25 b-|small|before -0.4 b-|small|none
-0.26 b-|small|weak-after -0.31 b-|small|weak-apposed -0.19 b-|small|weak-before -0.17 det-a -0.72 det-none
-0.51 det-other -0.52 det-the -0.68 gov-cue 0.08 gov-no -0.3 gov-prep -0.88 gov-that -0.29 is-last|alone
0.41 is-last|end, -0.17 is-last|end. 0.12 is-last|endw 0.15 is-last|first 0.09 is-last|last 0.12 is-last|mid
0.1 is-last|more 0.1 is-last|pre: -0.65 is-last|prep 0.41 is-last|prestart -0.07 is-last|prew 0.11
is-last|small 0.36 n+ -0.71 n+|alone -0.39 n+|alone|after -0.15 n+|alone|apposed -0.12 n+|alone|before -0.12
n+|alone|none -0.25 n+|alone|weak-after -0.36 n+|alone|weak-apposed -0.13 n+|alone|weak-before -0.22 n+|big
-0.71 n+|big|after -0.31 n+|big|apposed -0.12 n+|big|before -0.24 n+|big|none -0.5 n+|big|weak-after -0.23
n+|big|weak-apposed -0.14 n+|big|weak-before -0.26 n+|det-a -0.28 n+|det-none -0.21 n+|det-other -0.18
n+|det-the -0.24 n+|end, -0.42 n+|end,|after -0.21 n+|end,|apposed -0.08 n+|end,|before -0.19 n+|end,|none
-0.2 n+|end,|weak-after -0.13 n+|end,|weak-before -0.28 n+|end. -0.69 n+|end.|after -0.29 n+|end.|apposed
-0.12 n+|end.|before -0.25 n+|end.|none -0.41 n+|end.|weak-after -0.24 n+|end.|weak-apposed -0.14
n+|end.|weak-before -0.24 n+|endw -0.81 n+|endw|after -0.61 n+|endw|apposed -0.19 n+|endw|before -0.33
n+|endw|none -0.72 n+|endw|weak-after -0.33 n+|endw|weak-before -0.17 n+|first -0.54 n+|first|after -0.5
n+|first|apposed -0.15 n+|first|before -0.23 n+|first|none -0.18 n+|first|weak-after -0.28
n+|first|weak-before -0.38 n+|full -0.31 n+|gov-cue -0.39 n+|gov-no -0.62 n+|gov-prep -0.27 n+|gov-that
-0.11 n+|is-last -0.28 n+|last -0.66 n+|last|after -0.33 n+|last|apposed -0.17 n+|last|before -0.34
n+|last|none -0.42 n+|last|weak-after -0.22 n+|last|weak-before -0.24 n+|mid -0.65 n+|mid|after -0.32
n+|mid|apposed -0.11 n+|mid|before -0.23 n+|mid|none -0.5 n+|mid|weak-after -0.24 n+|mid|weak-apposed -0.06
n+|mid|weak-before -0.13 n+|more -0.57 n+|more|after -0.42 n+|more|apposed -0.11 n+|more|before -0.16
n+|more|none -0.45 n+|more|weak-after -0.6 n+|more|weak-apposed -0.13 n+|more|weak-before -0.43 n+|not-last
-0.71 n+|opens -0.19 n+|person -0.33 n+|possessive -0.25 n+|pre, -0.58 n+|pre,|after -0.21 n+|pre,|apposed
-0.11 n+|pre,|before -0.18 n+|pre,|none -0.45 n+|pre,|weak-after -0.41 n+|pre,|weak-before -0.15 n+|pre:
-0.56 n+|pre:|after -0.11 n+|pre:|apposed -0.07 n+|pre:|before -0.1 n+|pre:|none -0.35 n+|pre:|weak-after
-0.2 n+|pre:|weak-before -0.1 n+|prep -0.42 n+|prep|after -0.19 n+|prep|apposed -0.12 n+|prep|before -0.12
n+|prep|none -0.25 n+|prep|weak-after -0.4 n+|prep|weak-apposed -0.13 n+|prep|weak-before -0.22 n+|prestart
-0.35 n+|prestart|after -0.24 n+|prestart|apposed -0.15 n+|prestart|before -0.21 n+|prestart|none -0.2
n+|prestart|weak-after -0.16 n+|prestart|weak-before -0.38 n+|prew -0.47 n+|prew|after -0.38 n+|prew|apposed
-0.11 n+|prew|before -0.31 n+|prew|none -0.47 n+|prew|weak-after -0.37 n+|prew|weak-apposed -0.06
n+|prew|weak-before -0.21 n+|pronounf -0.43 n+|pronounm -0.32 n+|pronounp -0.27 n+|pronounr -0.34 n+|role
-0.43 n+|small -0.48 n+|small|after -0.4 n+|small|apposed -0.21 n+|small|before -0.29 n+|small|none -0.41
n+|small|weak-after -0.24 n+|small|weak-before -0.17 n+|subject -0.28 n+|surname -0.31 n+|thing? -0.3
n+|titled -0.25 n+|uses1 -0.39 n+|uses2 -0.21 n+|uses3 -0.3 n+|uses4 -0.36 n+|verb-after -0.37
n+|verb-apposed -0.12 n+|verb-before -0.27 n+|verb-none -0.51 n+|verb-weak-after -0.24 n+|verb-weak-apposed
-0.14 n+|verb-weak-before -0.27 opens 0.09 p+1 -0.66 p+1|alone -0.28 p+1|big -0.59 p+1|cues0|after -0.21
p+1|cues0|apposed -0.2 p+1|cues0|none -0.3 p+1|cues0|weak-after -0.36 p+1|cues1|after -0.25 p+1|cues1|before
-0.21 p+1|cues1|none -0.16 p+1|cues1|weak-after -0.11 p+1|cues1|weak-apposed -0.06 p+1|cues1|weak-before
-0.44 p+1|cues2|after -0.28 p+1|cues2|before -0.33 p+1|cues2|none -0.46 p+1|cues2|weak-after -0.12
p+1|cues2|weak-apposed -0.12 p+1|cues2|weak-before -0.15 p+1|det-a -0.19 p+1|det-none -0.21 p+1|det-other
-0.13 p+1|det-the -0.25 p+1|end, -0.19 p+1|end. -0.61 p+1|endw -0.26 p+1|first -0.17 p+1|full -0.26
p+1|gov-cue -0.61 p+1|gov-no -0.64 p+1|gov-prep -0.16 p+1|gov-that -0.27 p+1|is-last -0.13 p+1|mid -0.58
p+1|more -0.66 p+1|not-last -0.66 p+1|opens -0.27 p+1|person -0.5 p+1|possessive -0.12 p+1|pre, -0.48
p+1|pre: -0.14 p+1|prep -0.19 p+1|prestart -0.27 p+1|prew -0.34 p+1|pronounf -0.34 p+1|pronounm -0.33
p+1|pronounp -0.2 p+1|pronounr -0.38 p+1|quotes0 -0.66 p+1|quotes1 -0.33 p+1|quotes2 -0.19 p+1|role -0.19
p+1|small -0.3 p+1|subject -0.31 p+1|surname -0.34 p+1|thing? -0.24 p+1|titled -0.31 p+1|uses1 -0.17
p+1|uses2 -0.13 p+1|uses3 -0.25 p+1|uses4 -0.34 p+1|verb-after -0.3 p+1|verb-apposed -0.2 p+1|verb-before
-0.29 p+1|verb-none -0.35 p+1|verb-weak-after -0.45 p+1|verb-weak-apposed -0.13 p+1|verb-weak-before -0.44
p+2 -0.45 p+2|alone -0.25 p+2|big -0.44 p+2|cues0|after -0.18 p+2|cues0|none -0.5 p+2|cues0|weak-after -0.06
p+2|cues1|after -0.24 p+2|cues1|before -0.11 p+2|cues1|none -0.22 p+2|cues1|weak-before -0.27
p+2|cues2|after -0.24 p+2|cues2|apposed -0.17 p+2|cues2|before -0.27 p+2|cues2|none -0.34
p+2|cues2|weak-after -0.35 p+2|cues2|weak-before -0.21 p+2|det-none -0.3 p+2|det-other -0.17 p+2|det-the
-0.3 p+2|end, -0.39 p+2|end. -0.37 p+2|endw -0.25 p+2|first -0.22 p+2|full -0.32 p+2|gov-cue -0.27
p+2|gov-no -0.44 p+2|gov-prep -0.43 p+2|gov-that -0.1 p+2|is-last -0.13 p+2|mid -0.38 p+2|more -0.45
p+2|not-last -0.45 p+2|opens -0.53 p+2|person -0.44 p+2|possessive -0.06 p+2|pre, -0.36 p+2|prep -0.16
p+2|prestart -0.19 p+2|prew -0.54 p+2|pronounf -0.18 p+2|pronounm -0.27 p+2|pronounp -0.26 p+2|pronounr
-0.19 p+2|quotes0 -0.44 p+2|quotes1 -0.23 p+2|quotes2 -0.42 p+2|role -0.29 p+2|small -0.49 p+2|subject -0.58
p+2|surname -0.58 p+2|thing? -0.5 p+2|titled -0.13 p+2|uses1 -0.45 p+2|uses2 -0.18 p+2|uses3 -0.19 p+2|uses4
-0.46 p+2|verb-after -0.33 p+2|verb-apposed -0.17 p+2|verb-before -0.26 p+2|verb-none -0.38
p+2|verb-weak-after -0.39 p+2|verb-weak-before -0.22 p+|alone|after -0.2 p+|alone|none -0.14
p+|alone|weak-after -0.15 p+|alone|weak-before -0.32 p+|big|after -0.31 p+|big|apposed -0.27 p+|big|before
-0.35 p+|big|none -0.53 p+|big|weak-after -0.41 p+|big|weak-apposed -0.07 p+|big|weak-before -0.52
p+|end,|after -0.2 p+|end,|before -0.09 p+|end,|none -0.25 p+|end,|weak-after -0.28 p+|end,|weak-before
-0.11 p+|end.|after -0.25 p+|end.|apposed -0.27 p+|end.|before -0.25 p+|end.|none -0.53 p+|end.|weak-after
-0.36 p+|end.|weak-before -0.52 p+|endw|after -0.37 p+|endw|apposed -0.08 p+|endw|before -0.36 p+|endw|none
-0.25 p+|endw|weak-after -0.28 p+|endw|weak-apposed -0.13 p+|endw|weak-before -0.08 p+|first|after -0.24
p+|first|before -0.15 p+|first|none -0.23 p+|first|weak-after -0.32 p+|first|weak-apposed -0.06 p+|mid|after
-0.33 p+|mid|apposed -0.27 p+|mid|before -0.33 p+|mid|none -0.55 p+|mid|weak-after -0.35 p+|mid|weak-apposed
-0.12 p+|mid|weak-before -0.37 p+|more|after -0.39 p+|more|apposed -0.27 p+|more|before -0.37 p+|more|none
-0.55 p+|more|weak-after -0.5 p+|more|weak-apposed -0.13 p+|more|weak-before -0.52 p+|pre,|after -0.16
p+|pre,|apposed -0.27 p+|pre,|before -0.27 p+|pre,|none -0.51 p+|pre,|weak-after -0.25 p+|pre,|weak-before
-0.23 p+|pre:|after -0.14 p+|prep|after -0.12 p+|prep|before -0.15 p+|prep|none -0.29 p+|prep|weak-after
-0.3 p+|prestart|after -0.21 p+|prestart|before -0.07 p+|prestart|none -0.23 p+|prestart|weak-after -0.19
p+|prestart|weak-apposed -0.06 p+|prew|after -0.26 p+|prew|apposed -0.08 p+|prew|before -0.25 p+|prew|none
-0.34 p+|prew|weak-after -0.27 p+|prew|weak-apposed -0.12 p+|prew|weak-before -0.45 p+|small|after -0.21
p+|small|before -0.22 p+|small|none -0.37 p+|small|weak-after -0.17 p+|small|weak-apposed -0.12
p+|small|weak-before -0.13 p-1 -0.1 p-1|alone 0.4 p-1|big -0.06 p-1|cues0|before 0.27 p-1|cues0|none -0.52
p-1|cues0|weak-before -0.2 p-1|cues1|after 0.53 p-1|cues1|apposed 0.25 p-1|cues1|before -0.15 p-1|cues1|none
-0.6 p-1|cues1|weak-after -0.22 p-1|cues1|weak-before -0.35 p-1|cues2|after -0.35 p-1|cues2|apposed -0.36
p-1|cues2|before -0.53 p-1|cues2|none -0.54 p-1|cues2|weak-after -0.67 p-1|cues2|weak-apposed -0.3
p-1|cues2|weak-before -0.24 p-1|det-a -0.41 p-1|det-none -0.1 p-1|det-other -0.63 p-1|det-the -0.72 p-1|end,
-0.54 p-1|end. -0.14 p-1|endw -0.38 p-1|first -0.41 p-1|gov-cue 0.1 p-1|gov-no -0.25 p-1|gov-prep -0.88
p-1|gov-that -0.54 p-1|is-last 0.25 p-1|last 0.08 p-1|mid -0.5 p-1|more -0.31 p-1|not-last -0.42 p-1|person
-0.16 p-1|phrase 0.35 p-1|possessive -0.1 p-1|pre, -0.32 p-1|pre: -0.56 p-1|prep 0.37 p-1|prew -1.03
p-1|pronounf 0.3 p-1|pronounm 0.1 p-1|pronounp -0.81 p-1|pronounr -0.6 p-1|quotes0 -0.16 p-1|quotes1 -0.11
p-1|quotes2 -0.6 p-1|role -0.47 p-1|small -0.75 p-1|subject -0.31 p-1|surname -0.42 p-1|thing? -0.13
p-1|titled -0.28 p-1|uses1 0.18 p-1|uses2 -0.38 p-1|uses3 -0.1 p-1|uses4 -0.22 p-1|verb-after 0.11
p-1|verb-apposed 0.06 p-1|verb-before 0.08 p-1|verb-none -0.63 p-1|verb-weak-after -0.47
p-1|verb-weak-apposed -0.3 p-1|verb-weak-before -0.47 p-2 -0.42 p-2|alone -0.26 p-2|big -0.4 p-2|cues0|none
-0.38 p-2|cues0|weak-before -0.13 p-2|cues1|before -0.13 p-2|cues1|none -0.39 p-2|cues1|weak-after -0.4
p-2|cues1|weak-before -0.13 p-2|cues2|apposed -0.35 p-2|cues2|before -0.23 p-2|cues2|none -0.38
p-2|cues2|weak-after -0.3 p-2|cues2|weak-apposed -0.08 p-2|cues2|weak-before -0.28 p-2|det-a -0.23
p-2|det-none -0.52 p-2|det-other -0.37 p-2|det-the -0.15 p-2|end, -0.24 p-2|end. -0.38 p-2|endw -0.43
p-2|first -0.46 p-2|full -0.25 p-2|gov-cue -0.28 p-2|gov-no -0.34 p-2|gov-prep -0.31 p-2|gov-that -0.44
p-2|is-last -0.27 p-2|last -0.39 p-2|mid -0.32 p-2|more -0.28 p-2|not-last -0.36 p-2|opens -0.27 p-2|person
-0.27 p-2|phrase 0.27 p-2|possessive -0.21 p-2|pre, -0.21 p-2|pre: -0.18 p-2|prep -0.44 p-2|prew -0.59
p-2|pronounf -0.44 p-2|pronounm -0.41 p-2|pronounp -0.51 p-2|pronounr -0.37 p-2|quotes0 -0.68 p-2|quotes1
-0.59 p-2|quotes2 0.19 p-2|role -0.47 p-2|small -0.41 p-2|subject -0.27 p-2|surname -0.29 p-2|thing? -0.25
p-2|titled -0.23 p-2|uses1 -0.33 p-2|uses2 -0.16 p-2|uses3 -0.22 p-2|uses4 -0.61 p-2|verb-apposed -0.35
p-2|verb-before -0.26 p-2|verb-none -0.67 p-2|verb-weak-after -0.6 p-2|verb-weak-apposed -0.08
p-2|verb-weak-before -0.15 p-3 -0.3 p-3|alone -0.22 p-3|big -0.3 p-3|cues1|none -1.15 p-3|cues2|after -0.76
p-3|cues2|apposed -0.14 p-3|cues2|before -0.36 p-3|cues2|none -0.22 p-3|cues2|weak-apposed -0.14
p-3|cues2|weak-before -0.16 p-3|det-a -0.4 p-3|det-none -0.73 p-3|det-other -0.79 p-3|det-the -0.5 p-3|end.
-0.2 p-3|endw -0.5 p-3|first -0.46 p-3|full -0.24 p-3|gov-cue -0.48 p-3|gov-no -0.11 p-3|gov-prep -0.98
p-3|gov-that -0.24 p-3|is-last -0.49 p-3|last -0.19 p-3|mid -0.3 p-3|more -0.3 p-3|not-last -0.3 p-3|opens
-0.6 p-3|person -0.26 p-3|phrase 0.5 p-3|possessive -0.15 p-3|pre, -0.3 p-3|pre: -0.24 p-3|prep -0.36
p-3|prew -0.47 p-3|pronounf -0.14 p-3|pronounm -0.98 p-3|pronounp -0.22 p-3|pronounr -0.89 p-3|quotes0 -1.09
p-3|quotes1 -0.09 p-3|quotes2 -0.15 p-3|role -1.15 p-3|small -0.42 p-3|subject -0.4 p-3|surname -0.47
p-3|thing? -0.46 p-3|titled -0.15 p-3|uses1 -0.24 p-3|uses2 -0.17 p-3|uses3 -0.39 p-3|uses4 -0.48
p-3|verb-after -0.76 p-3|verb-apposed -0.14 p-3|verb-before -0.36 p-3|verb-none -0.27 p-3|verb-weak-apposed
-0.14 p-3|verb-weak-before -0.16 p-|alone|after 0.07 p-|alone|apposed 0.31 p-|alone|before 0.26
p-|alone|none -0.25 p-|alone|weak-after -0.18 p-|alone|weak-apposed -0.13 p-|alone|weak-before -0.1
p-|big|after 0.16 p-|big|apposed -0.1 p-|big|before -0.16 p-|big|none -0.42 p-|big|weak-after -0.23
p-|big|weak-apposed -0.26 p-|big|weak-before -0.44 p-|end,|after -0.37 p-|end,|apposed -0.09 p-|end,|before
-0.28 p-|end,|none -0.34 p-|end,|weak-after -0.19 p-|end,|weak-apposed -0.14 p-|end,|weak-before -0.22
p-|end.|after 0.11 p-|end.|before -0.15 p-|end.|none -0.31 p-|end.|weak-after -0.23 p-|end.|weak-apposed
-0.22 p-|end.|weak-before -0.42 p-|endw|after -0.19 p-|endw|apposed -0.68 p-|endw|before -0.68 p-|endw|none
-0.67 p-|endw|weak-after -0.06 p-|endw|weak-apposed -0.18 p-|endw|weak-before -0.23 p-|first|after -0.38
p-|first|apposed -0.13 p-|first|before -0.37 p-|first|none -0.25 p-|first|weak-after -0.21
p-|first|weak-apposed -0.14 p-|first|weak-before -0.22 p-|last|after -0.15 p-|last|before 0.1 p-|last|none
-0.32 p-|last|weak-after -0.24 p-|last|weak-apposed -0.22 p-|last|weak-before 0.18 p-|mid|after 0.11
p-|mid|apposed -0.12 p-|mid|before -0.57 p-|mid|none -0.41 p-|mid|weak-after -0.23 p-|mid|weak-apposed -0.28
p-|mid|weak-before -0.43 p-|more|after 0.26 p-|more|apposed -0.16 p-|more|before -0.45 p-|more|none -0.36
p-|more|weak-after -0.23 p-|more|weak-apposed -0.21 p-|more|weak-before -0.45 p-|pre,|after 0.31
p-|pre,|before -0.56 p-|pre,|none -0.32 p-|pre,|weak-after -0.19 p-|pre,|weak-apposed -0.28
p-|pre,|weak-before -0.42 p-|pre:|after -0.25 p-|pre:|none -0.22 p-|pre:|weak-after -0.23
p-|pre:|weak-before -0.22 p-|prep|apposed 0.2 p-|prep|before 0.26 p-|prep|none -0.26 p-|prep|weak-after
-0.37 p-|prep|weak-apposed -0.26 p-|prep|weak-before -0.2 p-|prew|after -0.87 p-|prew|apposed -0.65
p-|prew|before -0.45 p-|prew|none -0.49 p-|prew|weak-after -0.27 p-|prew|weak-apposed -0.06
p-|prew|weak-before -0.4 p-|small|after -0.69 p-|small|apposed -0.28 p-|small|before -0.56 p-|small|none
-0.43 p-|small|weak-after -0.24 p-|small|weak-apposed -0.22 p-|small|weak-before -0.33 phrase 0.94
possessive -0.81 pronounf 0.5 pronounm 0.26 pronounp -0.8 pronounr -1.13 role -1.18 s+ 0.12 s+|big 0.09
s+|big|after 0.23 s+|big|apposed 0.31 s+|big|none -0.38 s+|big|weak-after -0.12 s+|comma|apposed|cue+ 0.37
s+|comma|before|cue+ -0.16 s+|comma|weak-apposed|cue+ -0.16 s+|comma|weak-before|cue+ -0.2 s+|cues0|after
0.35 s+|cues0|apposed 0.37 s+|cues0|none 0.19 s+|cues0|weak-after -0.35 s+|cues0|weak-apposed -0.16
s+|cues1|after -0.35 s+|cues1|before 0.06 s+|cues1|none -0.79 s+|cues1|weak-after -0.27 s+|cues1|weak-before
-0.16 s+|cues2|before -0.33 s+|cues2|none -0.46 s+|cues2|weak-before -0.16 s+|det-a -0.06 s+|det-none -0.27
s+|det-other -0.47 s+|det-the 0.07 s+|end,|after 0.09 s+|end,|none -0.43 s+|end,|weak-after -0.12
s+|end.|after 0.3 s+|end.|apposed 0.37 s+|end.|before -0.22 s+|end.|none -0.73 s+|end.|weak-after -0.32
s+|end.|weak-apposed -0.16 s+|end.|weak-before -0.2 s+|endw 0.29 s+|endw|after 0.23 s+|endw|before 0.24
s+|endw|none 0.14 s+|endw|weak-after -0.26 s+|endw|weak-before -0.16 s+|first 0.19 s+|first|after 0.42
s+|first|before 0.06 s+|first|none -0.29 s+|first|weak-after -0.12 s+|full 0.68 s+|gap0 0.75 s+|gap1 0.7
s+|gap2 0.05 s+|gap3 -0.43 s+|gap4 -1.09 s+|gap5 -0.69 s+|gov-cue 0.23 s+|gov-no 0.1 s+|gov-prep -0.84
s+|gov-that -0.32 s+|is-last 0.26 s+|long|after|cue+ -0.06 s+|long|before|cue+ -0.45 s+|long|weak-after|cue+
-0.38 s+|long|weak-before|cue+ -0.13 s+|mid|after 0.2 s+|mid|apposed 0.37 s+|mid|before 0.13 s+|mid|none
-0.14 s+|mid|weak-after -0.36 s+|mid|weak-apposed -0.16 s+|mid|weak-before -0.27 s+|more 0.12 s+|more|after
0.33 s+|more|apposed 0.37 s+|more|none -0.25 s+|more|weak-after -0.38 s+|more|weak-apposed -0.16
s+|more|weak-before -0.27 s+|names0 0.48 s+|names1 -0.2 s+|names2 -0.4 s+|names3 -0.88 s+|next|before|cue+
0.52 s+|not-last 0.06 s+|opens 0.66 s+|person 0.3 s+|phrase 0.36 s+|possessive -0.45 s+|pre, 0.1
s+|pre,|after 0.24 s+|pre,|before -0.21 s+|pre,|none -0.09 s+|pre: 0.28 s+|pre:|after 0.43 s+|pre:|before
0.25 s+|pre:|none -0.71 s+|prep 0.31 s+|prep|after 0.3 s+|prep|before 0.07 s+|prep|none -0.08 s+|prestart
0.14 s+|prestart|after 0.37 s+|prestart|before 0.05 s+|prestart|none -0.29 s+|prestart|weak-after -0.12
s+|prew -0.08 s+|prew|apposed 0.37 s+|prew|before -0.22 s+|prew|none -0.19 s+|prew|weak-after -0.36
s+|prew|weak-apposed -0.16 s+|prew|weak-before -0.27 s+|pronounf 0.48 s+|pronounm 0.29 s+|pronounp -0.58
s+|pronounr -0.93 s+|quotes0 0.25 s+|quotes1 -0.87 s+|quote|after|cue+ -0.44 s+|quote|before|cue+ -0.23
s+|quote|weak-after|cue+ -0.2 s+|quote|weak-before|cue+ -0.19 s+|role -0.23 s+|short|after|cue+ 0.6
s+|short|before|cue+ -0.49 s+|small 0.09 s+|small|after 0.24 s+|small|apposed 0.16 s+|small|before -0.09
s+|small|none -0.11 s+|small|weak-after -0.36 s+|small|weak-apposed -0.16 s+|small|weak-before -0.27
s+|subject 0.13 s+|surname -0.48 s+|thing? -0.31 s+|titled -0.06 s+|uses1 0.21 s+|uses2 -0.14 s+|uses4 0.11
s+|verb-after 0.33 s+|verb-apposed 0.37 s+|verb-none -0.25 s+|verb-weak-after -0.38 s+|verb-weak-apposed
-0.16 s+|verb-weak-before -0.27 s- 0.09 s-|big 0.06 s-|big|after 0.5 s-|big|apposed 0.06 s-|big|before -0.2
s-|big|none -0.35 s-|big|weak-after 0.06 s-|big|weak-apposed -0.23 s-|big|weak-before 0.11
s-|colon|after|cue- 0.44 s-|colon|apposed|cue- -0.22 s-|colon|before|cue- 0.15 s-|colon|weak-after|cue-
-0.21 s-|colon|weak-before|cue- -0.25 s-|comma|after|cue- 0.75 s-|comma|apposed|cue- 0.15
s-|comma|before|cue- -0.44 s-|comma|weak-after|cue- 0.44 s-|cues0|before -0.61 s-|cues0|none -1.16
s-|cues0|weak-before -0.26 s-|cues1|after 0.5 s-|cues1|before -0.29 s-|cues1|none 0.11 s-|cues1|weak-after
0.27 s-|cues1|weak-before 0.09 s-|cues2|after -0.59 s-|cues2|apposed 0.08 s-|cues2|before 0.16 s-|cues2|none
-0.08 s-|cues2|weak-after 0.22 s-|cues2|weak-apposed -0.23 s-|cues2|weak-before -0.19 s-|det-a -0.6
s-|det-other 0.16 s-|det-the -0.36 s-|end, -0.14 s-|end,|after -0.19 s-|end,|apposed 0.19 s-|end,|before
-0.41 s-|end,|none -0.21 s-|end,|weak-after -0.21 s-|end. 0.05 s-|end.|after 0.37 s-|end.|apposed 0.18
s-|end.|before 0.11 s-|end.|none -0.53 s-|end.|weak-after 0.28 s-|end.|weak-apposed -0.23
s-|end.|weak-before -0.08 s-|endw|after 0.1 s-|endw|apposed -0.35 s-|endw|before -0.72 s-|endw|none 0.25
s-|endw|weak-before 0.06 s-|full 0.1 s-|gap0 -0.33 s-|gap1 -0.22 s-|gap2 0.15 s-|gap3 0.14 s-|gap4 -0.22
s-|gap5 0.21 s-|gov-cue 0.16 s-|gov-no 0.14 s-|gov-prep -0.39 s-|gov-that -0.1 s-|is-last 0.11 s-|last 0.28
s-|last|after 0.28 s-|last|before 0.1 s-|last|none 0.09 s-|last|weak-after 0.06 s-|last|weak-apposed -0.23
s-|long|after|cue- -0.38 s-|long|before|cue- -0.36 s-|long|weak-after|cue- 0.3 s-|long|weak-before|cue- 0.1
s-|mid 0.09 s-|mid|after 0.14 s-|mid|before -0.32 s-|mid|none -0.07 s-|mid|weak-after 0.22
s-|mid|weak-apposed -0.23 s-|more|apposed -0.06 s-|more|before -0.64 s-|more|none -0.13 s-|more|weak-after
0.24 s-|names1 -0.16 s-|names2 -0.06 s-|names3 0.34 s-|next|after|cue- 0.45 s-|next|weak-after|cue- 0.27
s-|opens 0.42 s-|person 0.16 s-|phrase 0.9 s-|possessive -0.53 s-|pre, -0.09 s-|pre,|after 0.36
s-|pre,|apposed -0.26 s-|pre,|before -0.24 s-|pre,|none -0.26 s-|pre,|weak-after 0.29 s-|pre,|weak-before
-0.07 s-|pre: 0.17 s-|pre:|after 0.5 s-|pre:|apposed -0.24 s-|pre:|before 0.14 s-|pre:|weak-after -0.21
s-|pre:|weak-before -0.25 s-|prew 0.11 s-|prew|after -0.19 s-|prew|apposed 0.41 s-|prew|before -0.58
s-|prew|none 0.13 s-|prew|weak-after 0.12 s-|prew|weak-apposed -0.23 s-|prew|weak-before 0.1 s-|pronounf
0.71 s-|pronounm 0.72 s-|pronounp -0.37 s-|pronounr -0.35 s-|quotes0 0.42 s-|quotes1 -0.89 s-|quotes2 -0.45
s-|quote|after|cue- -0.81 s-|quote|apposed|cue- -0.57 s-|quote|before|cue- -0.32 s-|quote|weak-after|cue-
-0.12 s-|quote|weak-apposed|cue- -0.23 s-|quote|weak-before|cue- -0.11 s-|role -0.35 s-|short|after|cue-
-0.08 s-|short|apposed|cue- 0.4 s-|short|before|cue- -0.24 s-|short|weak-after|cue- 0.18 s-|small 0.19
s-|small|after -0.18 s-|small|apposed -0.28 s-|small|before -0.3 s-|small|none 0.47 s-|small|weak-after 0.38
s-|small|weak-before -0.19 s-|subject 0.39 s-|surname -0.14 s-|that|before|cue- -0.28
s-|that|weak-after|cue- 0.27 s-|thing? -0.27 s-|uses3 -0.12 s-|verb-after 0.14 s-|verb-before -0.32
s-|verb-none -0.07 s-|verb-weak-after 0.22 s-|verb-weak-apposed -0.23 surname -0.64 thing? -0.78 titled
-0.38 uses1 -0.18 uses2 -0.45 uses3 -0.4 uses4 -0.57 verb-apposed -0.07 verb-before -0.41 verb-none -0.58
verb-weak-after -0.27 verb-weak-apposed -0.48 verb-weak-before -0.43
"""
PAIRS = TABLE.split()
WEIGHTS = dict(zip(PAIRS[::2], map(float, PAIRS[1::2]), strict=True))
