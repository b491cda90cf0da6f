"""Word tables for Portuguese, of Portugal and Brazil."""

from articles.extraction.languages.table import Language, forms, words
from articles.extraction.languages.western_given_names import PORTUGUESE_GIVEN

SAY = (
    forms(
        """
        afirm declar explic cont relat acrescent lament sublinh fris destac assegur coment indic confess confirm anunci
        critic pergunt question lembr record revel alert avis avali argument ressalt observ adiant salient apont
        denunci detalh enfatiz reiter ironiz grit sussurr murmur brinc conclam exclam clam not precis justific
        relembr inform desabaf protest suspir acredit apel pontu resum reclam inst atir dispar remat sintetiz ponder
        refut consider estim reforç
        """,
        "a am ou aram ava avam ado ando ar",
    )
    | forms("respond defend reconhec promet esclarec agradec retorqu", "e em eu eram ia iam ido endo er iu")
    | forms("garant insist admit asser assum repet", "e em iu iram ia iam ido indo ir")
    | words("""
    diz dizem disse disseram dizia diziam dito dizendo dizer sustenta sustentou sustentava conclui concluiu concluíram
    concluído refere referem referiu referiram prevê previu sugere sugeriu sugerido pede pediu pediram pedido propõe
    propôs repete repetiu mantém manteve continua continuou prossegue prosseguiu sorri sorriu ri riu contrapõe contrapôs
    contesta contestou adverte advertiu expõe expôs queixa queixou deixou_claro fez_questão
    """)
)

PORTUGUESE = Language(
    code="pt",
    say=SAY,
    write=words("escreve escrevem escreveu escreveram escrito escrevia tuíta tuitou postou posta"),
    call=forms("classific critic acus compar consider cham rotul tax", "a am ou aram ava avam ado ando")
    | words("""
        define definiu definido descreve descreveu descrito fala falam falou falaram falava apelida apelidou vê viu
        mostrou
    """),
    think=words("""
        acha acham achou achava acredita acreditam acreditava pensa pensam pensava espera esperam esperava quer queria
        teme temem temia considera sabe crê
    """),
    either=words("""
        conta contas critica crítica nota notas pergunta perguntas denúncia questão estima protesto protestos pede pedido
        pedidos fala vê viu posta publica apelo ponta ponto quer acha sabe brinca relato relatos aviso estado continua
        reclama justa justo considera considerado remate apela sentido espera
    """),
    negations=words("não nunca jamais nem tampouco"),
    nobodies=words("ninguém nenhum nenhuma nada"),
    modals=words("teria teriam poderia poderiam deveria deveriam pode podem deve devem diria gostaria"),
    said_after_all=words("só apenas somente"),
    conditions=words("se talvez caso"),
    unsaid_openers=words("imagine imaginem imaginemos suponhamos diga digam"),
    unfulfilled=words("quis queria quer evitou recusou recusou-se esqueceu preferiu"),
    denials=words("nega negam negou negaram negado desmente desmentiu sem"),
    infinitive_endings=("ar", "er", "ir"),
    asking=words("pergunta perguntou perguntava questiona questionou indaga indagou"),
    according=words("""
        segundo de_acordo_com na_opinião_de na_opinião_do na_opinião_da nas_palavras_de nas_palavras_do nas_palavras_da
        no_entender_de no_entender_do no_entender_da conforme na_avaliação_de na_avaliação_do na_avaliação_da
        na_visão_de na_visão_do na_visão_da para
    """),
    views=words("para"),
    noun_cues=words("""
        comunicado declaração mensagem carta resposta pergunta título tuíte palavras frase discurso conclusão nota
        aviso
    """),
    written_nouns=words("comunicado mensagem carta título tuíte nota relatório artigo post publicação"),
    written_by=words("de do da"),
    pronouns={
        "ele": "m", "ela": "f", "eles": "p", "deles": "p", "delas": "p", "elas": "p", "eu": "i", "nós": "i", "tu": "i", "você": "i", "vocês": "i",
        "vós": "i", "quem": "r", "que": "r", "este": "n", "esta": "n", "isto": "n", "isso": "n", "muitos": "p",
        "alguns": "p", "todos": "p", "outros": "p", "ambos": "p", "o": "n", "a": "n", "os": "n", "as": "n",
        "lhe": "n", "lhes": "n", "se": "n", "me": "i", "nos": "i", "te": "i",
    },
    titles={
        "senhor": "m", "senhora": "f", "sr": "m", "sra": "f", "dom": "m", "dona": "f", "dr": "m", "dra": "f",
        "doutor": "m", "doutora": "f", "prof": "", "professor": "m", "professora": "f", "presidente": "",
        "ministro": "m", "ministra": "f", "prefeito": "m", "prefeita": "f", "autarca": "", "senador": "m",
        "senadora": "f", "deputado": "m", "deputada": "f", "vereador": "m", "vereadora": "f", "procurador": "m",
        "procuradora": "f", "juiz": "m", "juíza": "f", "general": "m", "coronel": "m", "capitão": "m",
        "comandante": "", "comissário": "m", "comissária": "f", "delegado": "m", "delegada": "f", "diretor": "m",
        "diretora": "f", "secretário": "m", "secretária": "f", "bispo": "m", "arcebispo": "m", "cardeal": "m",
        "papa": "m", "padre": "m", "frei": "m", "irmã": "f", "rei": "m", "rainha": "f", "príncipe": "m",
        "princesa": "f", "advogado": "m", "advogada": "f", "engenheiro": "m", "engenheira": "f", "escritor": "m",
        "escritora": "f", "bombeiro": "m", "bombeira": "f", "treinador": "m", "treinadora": "f", "técnico": "m",
        "técnica": "f", "economista": "", "biólogo": "m", "bióloga": "f", "historiador": "m", "historiadora": "f",
        "porta-voz": "", "líder": "", "embaixador": "m", "embaixadora": "f", "cineasta": "", "jornalista": "",
        "ator": "m", "atriz": "f", "cantor": "m", "cantora": "f", "governador": "m", "governadora": "f",
        "médico": "m", "médica": "f", "vice-presidente": "", "ex-presidente": "", "ex-ministro": "m",
        "ex-ministra": "f",
    },
    roles=words("""
        porta-voz presidente ministro ministra ministério prefeito prefeita prefeitura câmara autarca procurador
        procuradora procuradoria polícia gnr psp governo sindicato sindicatos federação confederação associação coletivo
        empresa companhia grupo direção diretor diretora responsável responsáveis vereador vereadora deputado deputada
        deputados senador senadora advogado advogada médico médica médicos enfermeiro enfermeira professor professora
        pesquisador pesquisadora investigador investigadora cientista cientistas especialista especialistas perito
        economista sociólogo socióloga historiador historiadora biólogo bióloga juiz juíza tribunal partido oposição
        comissão conselho comité comitê instituto universidade hospital relatório estudo jornal diário revista agência
        fonte fontes testemunha testemunhas morador moradora moradores vizinho vizinha vizinhos cliente vítima vítimas
        família mãe pai mulher marido esposa esposo viúva viúvo filho filha irmão irmã tia tio avó avô amigo amiga
        amigos colega colegas homem jovem rapaz idoso idosa estudante estudantes agricultor agricultora pecuarista
        pescador pescadores viticultor viticultores operário operária funcionário funcionária trabalhador trabalhadora
        trabalhadores dono dona proprietário proprietária motorista treinador treinadora técnico jogador jogadora
        capitão ator atriz cantor cantora autor autora escritor escritora cineasta artista jornalista ativista ativistas
        manifestantes candidato candidata adversário veterano voluntário voluntária voluntários mergulhador mergulhadores
        bombeiro bombeiros soldado comandante coronel general engenheiro engenheira chefe secretário secretária membro
        representante delegado delegada padre bispo papa banco fundação ong movimento comunicado nota carta autoridades
        investigadores alunos pais agente agentes líder
    """),
    nobody=words("boato boatos rumor ditado"),
    role_gender={"mãe": "f", "pai": "m", "viúva": "f", "viúvo": "m", "mulher": "f", "marido": "m", "irmã": "f",
                 "irmão": "m", "filha": "f", "filho": "m"},
    given=PORTUGUESE_GIVEN,
    particles=words("de da do das dos e van von di del la"),
    suffixes=words("jr júnior filho neto sobrinho"),
    not_names=words("""
        segunda terça quarta quinta sexta sábado domingo segunda-feira terça-feira quarta-feira quinta-feira sexta-feira
        janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro o a os as um uma uns
        umas de do da dos das em no na nos nas por pelo pela pelos pelas para com sem sob sobre entre até desde e ou mas
        porém se que quem este esta estes estas esse essa isso isto ele ela eles elas eu nós tu você vocês seu sua seus
        suas meu minha nosso nossa contra após antes durante segundo conforme como quando enquanto assim também ainda já
        hoje ontem amanhã mais menos muito bem sim não questionado questionada nenhum nenhuma todo toda todos todas
        depois cerca alguns dois duas três quatro cinco agora daqui aqui lá onde qual quais nunca ninguém lhe faz há
        ao à aos às
    """),
    determiners=words("""
        o a os as um uma uns umas do da dos das no na nos nas ao à aos às pelo pela este esta estes estas esse essa
        aquele aquela seu sua seus suas meu minha nosso nossa vários várias dois duas três quatro cinco alguns algumas
        cada nenhum nenhuma todo toda todos todas outro outra outros outras ambos
    """),
    genders={"a": "f", "uma": "f", "esta": "f", "da": "f", "na": "f", "pela": "f", "à": "f", "o": "m", "um": "m",
             "este": "m", "do": "m", "no": "m", "pelo": "m", "ao": "m"},
    prepositions=words("""
        de do da dos das em no na nos nas por pelo pela pelos pelas para com sem sob sobre entre até desde ao à aos às
        contra após durante segundo conforme perante mediante
    """),
    of=words("de do da dos das em no na nos nas para com ao à"),
    conjunctions=words("e ou mas porém nem"),
    subordinators=words("que se quando enquanto como embora porque pois onde caso"),
    relatives=words("que quem cujo cuja qual onde"),
    whose=words("cujo cuja cujos cujas"),
    auxiliaries=words("""
        tem têm tinha tinham ter é são era eram foi foram sido será serão está estão estava estavam vai vão não pode
        podem deve devem haver havia teria poderia deveria vem ser
    """),
    clitics=words("se lhe lhes me nos te"),
    adverbs=words("""
        também ainda depois então além sempre já ontem hoje amanhã antes finalmente porém entretanto igualmente inclusive
        só apenas assim novamente recentemente mesmo mesma próprio própria aí
    """),
    times=words("""
        segunda terça quarta quinta sexta sábado domingo segunda-feira terça-feira quarta-feira quinta-feira sexta-feira
        janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro ontem hoje amanhã manhã
        tarde noite meio-dia semana mês ano anos dia dias hora horas passado passada próximo próxima madrugada feira
    """),
    numbers=words("dois duas três quatro cinco vários várias alguns algumas ambos"),
    one=words("um uma"),
    and_words=words("e"),
    be=words("sido foi foram sendo"),
    with_words=words("com"),
    opening_participles=words("questionado questionada perguntado interrogado contactado contatado procurado procurada"),
    breaks=words("mas e embora enquanto quem que onde quando já porém"),
    place_prepositions=words("a em no na nos nas ao à aos às durante após por pelo pela com perante"),
    hearers=words("""
        jornalistas repórteres imprensa rádio televisão tv agência jornal coletiva conferência entrevista comunicado
        nota lusa público deputados parlamento congresso saída declarações reportagem
    """),
    that=words("que"),
    by=words("por pelo pela pelos pelas"),
    abbreviations=words("sr sra srs d dr dra prof profa eng av st sto sta jan fev mar abr mai jun jul ago set out nov dez etc nº pág art"),
    questions=words("""
        quem que quê quando onde como quanto quanta quantos quantas qual quais por_que porquê é são tem acha pode há
        acredita
    """),
    you=words("você vocês senhor senhora tu ti te lhe seu sua seus suas teu tua vosso vossa"),
    me=words("eu me mim meu minha meus minhas nós nos nosso nossa nossos nossas gente"),
    self_words=words("sou chamo"),
    common=words("o de que e do da em um para é com não uma os no se na por mais as dos foi ao ele"),
    interview=words("entrevista entrevistado entrevistada entrevistou conversa"),
    interview_verbs=words("entrevista entrevistou"),
    about=words("sobre"),
    reporter_words=words("jornalista repórter correspondente redator redatora enviado enviada"),
    label_stops=words("foto fotos imagem fonte crédito nota atualização correção contato contacto local data hora"),
    credit_words=words("foto fotos imagem fonte crédito ilustração"),
    answer_openers=words("sim não bem claro exato exatamente absolutamente pois eu nunca olha olhe certamente"),
    commands=words("conte fale explique descreva diga"),
    question_labels=words("p pergunta"),
    answer_labels=words("r resposta"),
    editor_words=words("red redação ndr"),
    note_words=words("red risos ri sorri sic silêncio aplausos pausa"),
    work_nouns=words("""
        filme livro romance canção música álbum disco série programa obra revista jornal ensaio documentário espetáculo
        exposição poema ópera título navio operação projeto novela
    """),
    small_in_titles=words("o a os as um uma de do da dos das e ou em no na com sem por para"),
    alias_words=words("chamado chamada chamados chamadas denominado denominada apelidado apelidada intitulado intitulada"),
    enclitics=words("se o a os as lhe lhes me nos te"),
    incises=True,
    dialogue_dashes="—–―",
    adverb_endings=("mente",),
    verb_first=True,
    drops_subject=True,
    past_endings=("aram", "eram", "iram"),
    participle_endings=("ndo",),
)  # fmt: skip
