"""Word tables for Spanish."""

from articles.extraction.languages.table import Language, forms, words
from articles.extraction.languages.western_given_names import SPANISH_GIVEN

SAY = (
    forms(
        """
        afirm asegur explic declar señal coment relat agreg lament subray destac indic precis reiter recalc confes
        pregunt apunt anunci inform denunci critic argument puntualiz remarc enfatiz exclam grit susurr murmur
        solt matiz contest replic record cont avis avanz adelant aclar conform sentenci zanj revel confirm
        expres manifest inst recomend alert valor opin estim juzg ironiz deplor celebr cuestion desvel detall resalt
        report justific evoc protest suspir proclam rememor consider
        """,
        "a an ó aron aba aban ado ados ando ar",
    )
    | forms("añad insist resum conced", "e en ió ieron ía ían ido iendo ir")
    | words("""
    dice dicen dijo dijeron decía decían dicho diciendo decir cuenta cuentan recuerda recuerdan sostiene sostienen
    sostuvo sostuvieron sostenía sostenido advierte advierten advirtió responde responden respondió respondieron
    respondía respondido reconoce reconocen reconoció reconocieron reconocido admite admiten admitió admitido concluye
    concluyó concluido pide piden pidió pidieron pedido propone propuso propuesto sugiere sugirió sugerido promete
    prometió prometido defiende defendió defendido mantiene mantuvo repite repitió repetido agradece agradeció
    prosigue prosiguió continúa continuó apostilla apostilló bromea bromeó ríe rió sonríe sonrió aconseja aconsejó
    cree creen creía confía confiesa prevé previno retrucó espetó espeta dejó_claro puso_de_manifiesto puso_de_relieve
    """)
)

SPANISH = Language(
    code="es",
    say=SAY,
    write=words("escribe escriben escribió escribieron escribía escrito tuitea tuiteó"),
    call=forms("calific tach critic acus compar consider llam", "a an ó aron aba aban ado ando")
    | words("""
        tilda tildó tildado define definió definido describe describió descrito habla hablan habló hablaron hablaba
        mostró muestra mostraron mostrado declara ve ven vio
    """),
    think=words("""
        cree creen creía creyó piensa piensan pensaba espera esperan esperaba quiere quería teme temen temía confía
        considera siente sabe
    """),
    either=words("""
        cuenta cuentan informe critica critico nota pregunta preguntas denuncia denuncias cuestiona cuestión pide habla
        ve vio publica muestra mostró juzgado juzgados estado considera considerado avanzado avanza señala grito
        consejo record queja contesta protesta protestas resalta estima celebra celebró celebran celebrado sabe quiere
    """),
    negations=words("no nunca jamás ni tampoco"),
    nobodies=words("nadie ningún ninguno ninguna nada"),
    modals=words("""
        habría habrían podría podrían debería deberían puede pueden debe deben querría diría
    """),
    said_after_all=words("solo sólo solamente"),
    conditions=words("si quizá quizás acaso"),
    unsaid_openers=words("imagina imagine imaginemos imaginen supongamos diga digan dime"),
    unfulfilled=words("quiso quería quiere rehusó evitó declinó rechazó olvidó negó"),
    denials=words("niega niegan negó negaron negado desmiente desmintió desmentido sin"),
    infinitive_endings=("ar", "er", "ir"),
    asking=words("pregunta preguntó preguntaba preguntado cuestiona cuestionó"),
    according=words("""
        según a_juicio_de a_juicio_del de_acuerdo_con de_acuerdo_a en_opinión_de en_opinión_del en_palabras_de
        en_palabras_del a_decir_de a_ojos_de según_explica según_dijo según_indicó según_informó para
    """),
    views=words("para"),
    noun_cues=words("""
        comunicado declaración mensaje carta respuesta pregunta título tuit palabras frase discurso conclusión
        advertencia nota
    """),
    written_nouns=words("comunicado mensaje carta título tuit tribuna informe nota escrito artículo twitter"),
    written_by=words("de"),
    pronouns={
        "él": "m", "ella": "f", "ellos": "p", "ellas": "p", "yo": "i", "nosotros": "i", "nosotras": "i", "tú": "i",
        "usted": "i", "ustedes": "i", "vosotros": "i", "quien": "r", "que": "r", "quienes": "r", "este": "n",
        "éste": "m", "ésta": "f", "ello": "n", "esto": "n", "eso": "n", "muchos": "p", "algunos": "p", "todos": "p",
        "otros": "p", "ambos": "p", "lo": "n", "la": "n", "los": "n", "las": "n", "le": "n", "les": "n", "se": "n",
        "me": "i", "nos": "i", "te": "i", "os": "i",
    },
    titles={
        "señor": "m", "señora": "f", "sr": "m", "sra": "f", "don": "m", "doña": "f", "dr": "m", "dra": "f",
        "doctor": "m", "doctora": "f", "profesor": "m", "profesora": "f", "presidente": "m", "presidenta": "f",
        "ministro": "m", "ministra": "f", "alcalde": "m", "alcaldesa": "f", "senador": "m", "senadora": "f",
        "diputado": "m", "diputada": "f", "consejero": "m", "consejera": "f", "concejal": "", "concejala": "f",
        "fiscal": "", "juez": "m", "jueza": "f", "general": "m", "coronel": "m", "capitán": "m", "comisario": "m",
        "comisaria": "f", "director": "m", "directora": "f", "secretario": "m", "secretaria": "f", "obispo": "m",
        "arzobispo": "m", "cardenal": "m", "papa": "m", "padre": "m", "sor": "f", "fray": "m", "rey": "m",
        "reina": "f", "príncipe": "m", "princesa": "f", "abogado": "m", "abogada": "f", "ingeniero": "m",
        "ingeniera": "f", "escritor": "m", "escritora": "f", "bombero": "m", "bombera": "f", "entrenador": "m",
        "entrenadora": "f", "economista": "", "bióloga": "f", "biólogo": "m", "historiador": "m",
        "historiadora": "f", "portavoz": "", "líder": "", "embajador": "m", "embajadora": "f", "cineasta": "",
        "periodista": "", "actor": "m", "actriz": "f", "cantante": "", "gobernador": "m", "gobernadora": "f",
        "delegado": "m", "delegada": "f", "vicepresidente": "m", "vicepresidenta": "f", "expresidente": "m",
        "expresidenta": "f", "exministro": "m", "exministra": "f", "exalcalde": "m",
    },
    roles=words("""
        portavoz portavoces presidente presidenta ministro ministra ministerio alcalde alcaldesa ayuntamiento fiscal
        fiscalía policía guardia gobierno sindicato sindicatos federación asociación colectivo empresa compañía grupo
        dirección director directora responsable responsables concejal concejala diputado diputada diputados senador
        senadora abogado abogada médico médica médicos enfermero enfermera profesor profesora investigador
        investigadora científico científica científicos experto experta expertos especialista economista sociólogo
        socióloga historiador historiadora biólogo bióloga juez jueza tribunal partido oposición comisión consejo
        comité instituto universidad hospital informe estudio diario periódico revista agencia fuente fuentes testigo
        testigos vecino vecina vecinos vecinas residente cliente víctima víctimas familia madre padre mujer marido
        esposa esposo viuda viudo hijo hija hermano hermana tía tío abuela abuelo amigo amiga amigos colega colegas
        hombre joven anciano anciana estudiante estudiantes agricultor agricultora ganadero pescador pescadores
        viticultor viticultores obrero obrera empleado empleada trabajador trabajadora trabajadores dueño dueña
        propietario propietaria conductor conductora entrenador entrenadora jugador jugadora capitán actor actriz
        cantante autor autora escritor escritora director directora cineasta artista periodista activista activistas
        manifestantes candidato candidata rival veterano veterana voluntario voluntaria voluntarios buzo buzos
        bombero bomberos soldado comandante coronel general ingeniero ingeniera jefe jefa secretario secretaria
        miembro representante delegado delegada cura sacerdote obispo papa banco fundación ong movimiento comunicado
        carta autoridades investigadores alumnos padres agente agentes líder patronal encargado encargada consejero
        consejera juzgado
    """),
    nobody=words("rumor rumores refrán dicho"),
    role_gender={"madre": "f", "padre": "m", "viuda": "f", "viudo": "m", "mujer": "f", "marido": "m",
                 "hermana": "f", "hermano": "m", "hija": "f", "hijo": "m"},
    given=SPANISH_GIVEN,
    particles=words("de del la las los y i e san da van von di al el"),
    suffixes=words("jr hijo"),
    not_names=words("""
        lunes martes miércoles jueves viernes sábado domingo enero febrero marzo abril mayo junio julio agosto
        septiembre octubre noviembre diciembre el la los las lo un una unos unas de del al a en y e o u pero sino que si
        quien quienes este esta estos estas ese esa esos esas él ella ellos ellas yo nosotros usted ustedes su sus mi
        mis con sin por para contra desde hasta entre sobre tras según como cuando mientras así también además ya hoy
        ayer mañana más menos muy bien sí no preguntado preguntada ningún ninguna todo toda todos todas incluso después
        antes luego unos algunos varios dos tres cuatro cinco ahora aunque pese durante donde cual doña don ni nunca
        nadie nada se le les me nos
    """),
    determiners=words("""
        el la los las un una unos unas del al este esta estos estas ese esa esos esas aquel aquella su sus mi mis
        nuestro nuestra varios varias dos tres cuatro cinco algunos algunas cada ningún ninguna todo toda todos todas
        otro otra otros otras ambos
    """),
    genders={"la": "f", "una": "f", "esta": "f", "el": "m", "un": "m", "este": "m", "del": "m", "al": "m"},
    prepositions=words("""
        a de del al en con sin por para contra desde hasta entre sobre tras según durante mediante ante bajo hacia
    """),
    of=words("de del en para con al a"),
    conjunctions=words("y e o u pero sino ni"),
    subordinators=words("que si cuando mientras como aunque porque pues donde tras"),
    relatives=words("que quien quienes cuyo cuya cual donde"),
    whose=words("cuyo cuya cuyos cuyas"),
    auxiliaries=words("""
        ha han había habían he hemos haber es son era eran fue fueron sido será serán está están estaba estaban siendo
        va van no puede pueden debe deben podría debería habría hubiera suele
    """),
    clitics=words("se le les lo la los las me nos te"),
    adverbs=words("""
        también además después luego entonces asimismo todavía ya siempre ayer hoy mañana antes finalmente sin_embargo
        igualmente incluso solo sólo así aún nuevamente recientemente mismo misma luego tampoco
    """),
    times=words("""
        lunes martes miércoles jueves viernes sábado domingo enero febrero marzo abril mayo junio julio agosto
        septiembre octubre noviembre diciembre ayer hoy mañana tarde noche mediodía semana mes año años día días hora
        horas pasado pasada próximo próxima madrugada jornada
    """),
    numbers=words("dos tres cuatro cinco varios varias algunos algunas ambos"),
    one=words("uno una"),
    and_words=words("y e"),
    be=words("sido fue fueron siendo"),
    with_words=words("con"),
    opening_participles=words("preguntado preguntada preguntados interrogado consultado consultada"),
    breaks=words("pero y aunque mientras quien que donde cuando tras"),
    place_prepositions=words("a en ante durante tras por desde al sobre con"),
    hearers=words("""
        periodistas prensa radio televisión agencia diario periódico rueda entrevista comunicado efe público diputados
        medios parlamento congreso salir salida reporteros nota declaraciones
    """),
    that=words("que"),
    by=words("por"),
    abbreviations=words("sr sra sres d dª dr dra ud uds prof av avda st sta ee.uu ene feb abr jun jul ago sept oct nov dic etc núm pág art"),
    questions=words("""
        quién quiénes qué cuándo dónde cómo cuánto cuánta cuántos cuántas cuál cuáles por_qué es son ha cree puede
        tiene hay piensa
    """),
    you=words("usted ustedes tú ti te vosotros vosotras os su sus tu tus le les vuestra vuestro"),
    me=words("yo me mí mi mis nosotros nosotras nos nuestro nuestra nuestros nuestras"),
    self_words=words("soy llamo"),
    common=words("el los las y que se una del con por para su al lo como más pero fue ha este"),
    interview=words("entrevista entrevistado entrevistada entrevistó conversación conversa_con"),
    interview_verbs=words("entrevista entrevistó"),
    about=words("sobre"),
    reporter_words=words("periodista reportero reportera corresponsal redactor redactora enviado enviada"),
    label_stops=words("foto fotos imagen fuente crédito nota actualización corrección contacto lugar fecha hora"),
    credit_words=words("foto fotos imagen fuente crédito ilustración"),
    answer_openers=words("sí no bueno claro exacto exactamente absolutamente pues desde_luego por_supuesto yo nunca"),
    commands=words("cuente cuéntenos cuénteme hable háblenos explique describa diga"),
    question_labels=words("p pregunta"),
    answer_labels=words("r respuesta"),
    editor_words=words("red redacción n.del.e ndr"),
    note_words=words("red risas ríe sonríe sic silencio aplausos pausa"),
    work_nouns=words("""
        película libro novela canción álbum disco serie programa obra revista diario periódico ensayo documental
        espectáculo exposición poema ópera filme buque operación proyecto prima
    """),
    small_in_titles=words("el la los las un una de del y o a al en con sin por para"),
    alias_words=words("llamado llamada llamados llamadas denominado denominada apodado apodada titulado titulada alias"),
    incises=True,
    dialogue_dashes="—–―",
    adverb_endings=("mente",),
    verb_first=True,
    drops_subject=True,
    past_endings=("aron", "ieron"),
    participle_endings=("ndo",),
)  # fmt: skip
