"""Word tables for Italian."""

from articles.extraction.languages.table import Language, forms, words
from articles.extraction.languages.western_given_names import ITALIAN_GIVEN

SAY = (
    forms(
        """
        afferm dichiar raccont osserv sottoline comment ricord assicur conferm annunci replic denunci evidenzi precis
        lament rivel domand consider not segnal inform critic argoment esclam grid sussurr mormor scherz confid confess
        incalz puntualizz illustr rilev sbott tuon rimarc rassicur auspic esort invit attacc accus sentenzi protest
        implor giur ironizz dettagli ipotizz motiv specific rincar
        """,
        "a ano ò arono ava avano ato ata ati ate ando are",
    )
    | forms(
        "ribad rifer garant avvert sugger ammon chiar defin", "isce iscono ì irono iva ivano ito ita endo ire"
    )
    | words("""
    dice dicono disse dissero diceva dicevano detto dicendo dire spiega spiegano spiegò spiegava spiegato spiegando
    risponde rispondono rispose risposto rispondeva sostiene sostengono sostenne sosteneva sostenuto ammette ammettono
    ammise ammesso aggiunge aggiungono aggiunse aggiunto aggiungendo conclude concludono concluse concluso chiede
    chiedono chiese chiesto chiedeva riconosce riconobbe riconosciuto prosegue proseguì proseguito continua continuò
    avverte avvertono promette promise promesso ripete ripetono ripeté ripetuto sorride sorrise insiste insistito
    sfoga sfogato interviene intervenuto difende difeso ribatte ribattuto smentisce smentito conclude evidenzia
    annuncia annunciano denuncia racconta confida rilancia rilanciato tuona fa_sapere fanno_sapere fatto_sapere
    fece_sapere fa_notare fatto_notare tiene_a_precisare tenuto_a_precisare messo_in_guardia mette_in_guardia
    sottolineato chiosa chiosato taglia_corto tagliato_corto
    """)
)

ITALIAN = Language(
    code="it",
    say=SAY,
    write=words("scrive scrivono scrisse scritto scriveva twitta twittato posta postato"),
    call=forms("boll critic accus paragon giudic consider etichett bocci liquid chiam", "a ano ò arono ava ato ata ati ando andolo andola")
    | words("""
        definisce definiscono definì definito definita definiva definendo definendola definendolo descrive descritto
        parla parlano parlò parlato vede bolla giudicandola giudicandolo
    """),
    think=words("""
        crede credono credeva pensa pensano pensava spera sperano sperava vuole vogliono voleva teme temono temeva
        ritiene ritengono riteneva ritenuto sa
    """),
    either=words("""
        nota note critica critiche domanda domande denuncia accusa protesta proteste invito inviti comunicato conferma
        ricordo commento attacco parla vede vuole posta spera confida considera informa chiama continua stato sa replica
        ammonita invita attacca
    """),
    negations=words("non mai né neanche nemmeno neppure"),
    nobodies=words("nessuno nessun nessuna niente nulla"),
    modals=words("""
        avrebbe avrebbero potrebbe potrebbero dovrebbe dovrebbero può possono deve devono vorrebbe vorrebbero direbbe
    """),
    said_after_all=words("solo soltanto solamente"),
    conditions=words("se forse"),
    unsaid_openers=words("immagina immaginate immaginiamo supponiamo dite dica"),
    unfulfilled=words("voluto vuole voleva evitato rifiutato preferito dimenticato"),
    denials=words("nega negano negò negato smentisce smentito senza"),
    infinitive_endings=("are", "ere", "ire"),
    asking=words("chiede chiese chiesto chiedeva domanda domandò domandato"),
    according=words("""
        secondo a_detta_di a_detta_del a_detta_della a_giudizio_di a_parere_di a_parere_del a_parere_della
        nelle_parole_di stando_a stando_al stando_alla stando_a_quanto_riferito_da stando_a_quanto_riferito_dal
        stando_a_quanto_riferito_dalla stando_a_quanto_riferito_dai secondo_quanto_riferito_da
        secondo_quanto_riferito_dal secondo_quanto_riferito_dalla secondo_quanto_riferito_dall' per
    """),
    views=words("per"),
    noun_cues=words("""
        comunicato dichiarazione messaggio lettera risposta domanda titolo tweet parole frase discorso nota
        conclusione avvertimento
    """),
    written_nouns=words("comunicato messaggio lettera titolo tweet nota rapporto articolo post mail"),
    written_by=words("di"),
    pronouns={
        "lui": "m", "lei": "f", "egli": "m", "ella": "f", "esso": "n", "essa": "n", "loro": "p", "essi": "p", "io": "i",
        "noi": "i", "tu": "i", "voi": "i", "chi": "r", "che": "r", "quest'": "n", "questi": "p", "ciò": "n",
        "quest'ultimo": "m", "quest'ultima": "f", "molti": "p", "alcuni": "p", "tutti": "p", "altri": "p",
        "entrambi": "p", "lo": "n", "la": "n", "li": "n", "le": "n", "gli": "n", "l'": "n", "si": "n", "mi": "i",
        "ci": "i", "ti": "i", "vi": "i",
    },
    titles={
        "signor": "m", "signora": "f", "sig": "m", "don": "m", "dott": "m", "dottor": "m", "dottoressa": "f",
        "dottore": "m", "prof": "", "professor": "m", "professore": "m", "professoressa": "f", "avv": "",
        "avvocato": "", "avvocata": "f", "ing": "", "ingegner": "m", "ingegnere": "m", "on": "", "onorevole": "",
        "presidente": "", "ministro": "m", "ministra": "f", "premier": "", "sindaco": "m", "sindaca": "f",
        "senatore": "m", "senatrice": "f", "deputato": "m", "deputata": "f", "assessore": "m", "assessora": "f",
        "consigliere": "m", "consigliera": "f", "procuratore": "m", "procuratrice": "f", "pm": "", "giudice": "",
        "generale": "m", "colonnello": "m", "capitano": "m", "comandante": "", "commissario": "m", "questore": "",
        "prefetto": "m", "prefetta": "f", "direttore": "m", "direttrice": "f", "segretario": "m",
        "segretaria": "f", "vescovo": "m", "arcivescovo": "m", "cardinale": "m", "papa": "m", "padre": "m",
        "suor": "f", "re": "m", "regina": "f", "principe": "m", "principessa": "f", "scrittore": "m",
        "scrittrice": "f", "regista": "", "allenatore": "m", "allenatrice": "f", "economista": "", "biologo": "m",
        "biologa": "f", "storico": "m", "storica": "f", "portavoce": "", "leader": "", "ambasciatore": "m",
        "ambasciatrice": "f", "giornalista": "", "attore": "m", "attrice": "f", "cantante": "", "primario": "m",
        "primaria": "f", "vicepresidente": "", "vicesindaco": "m", "ex": "", "governatore": "m",
        "governatrice": "f",
    },
    modifiers=words("ex"),
    roles=words("""
        portavoce presidente ministro ministra ministero sindaco sindaca comune prefetto prefetta prefettura procuratore
        procura polizia carabinieri questura governo sindacato sindacati federazione confederazione associazione
        collettivo impresa azienda società gruppo direzione direttore direttrice responsabile responsabili consigliere
        consigliera deputato deputata deputati senatore senatrice avvocato avvocata medico medici infermiere infermiera
        professore professoressa insegnante insegnanti ricercatore ricercatrice scienziato scienziata scienziati esperto
        esperta esperti specialista economista sociologo sociologa storico storica biologo biologa giudice tribunale
        corte partito opposizione commissione consiglio comitato istituto università ospedale rapporto studio giornale
        quotidiano rivista agenzia fonte fonti testimone testimoni abitante abitanti residente residenti vicino vicina
        vicini cliente vittima vittime famiglia madre padre donna moglie marito vedova vedovo figlio figlia fratello
        sorella zia zio nonna nonno amico amica amici collega colleghi uomo giovane ragazzo ragazza anziano anziana
        studente studentessa studenti agricoltore allevatore pescatore pescatori viticoltore viticoltori operaio operaia
        dipendente dipendenti lavoratori titolare proprietario proprietaria autista allenatore allenatrice giocatore
        giocatrice capitano attore attrice cantante autore autrice scrittore scrittrice regista artista giornalista
        attivista attivisti manifestanti candidato candidata avversario avversaria veterano volontario volontaria
        volontari sommozzatore sommozzatori soldato comandante colonnello generale ingegnere capo segretario segretaria
        membro rappresentante delegato delegata parroco sacerdote vescovo papa banca fondazione ong movimento comunicato
        lettera autorità inquirenti investigatori alunni genitori agente agenti leader primario primaria assessore
        assessora vigile
    """),
    nobody=words("voce voci proverbio"),
    role_gender={"madre": "f", "padre": "m", "vedova": "f", "vedovo": "m", "moglie": "f", "marito": "m",
                 "sorella": "f", "fratello": "m", "figlia": "f", "figlio": "m"},
    given=ITALIAN_GIVEN,
    particles=words("di de del della dei degli dal dalla d' da la lo van von"),
    suffixes=words("jr"),
    not_names=words("""
        lunedì martedì mercoledì giovedì venerdì sabato domenica gennaio febbraio marzo aprile maggio giugno luglio
        agosto settembre ottobre novembre dicembre il lo la i gli le l' un uno una un' di del della dei degli delle
        dell' a al alla ai agli alle all' da dal dalla dai dagli in nel nella nei negli nelle nell' con su sul sulla per
        tra fra e ed o ma però se che chi questo questa questi queste quello quella egli lui lei loro io noi voi tu suo
        sua suoi sue mio mia nostro nostra senza contro dopo prima durante secondo come quando mentre così anche ancora
        oggi ieri domani più meno molto bene sì no non interrogato alla nessun nessuno nessuna tutto tutta tutti tutte
        poi infine circa alcuni due tre quattro cinque adesso ora qui là dove quale quali si ci mi vi finora ma né
    """),
    determiners=words("""
        il lo la i gli le l' un uno una un' del della dei degli delle dell' dello al alla ai agli alle all' dal dalla
        questo questa questi queste quello quella suo sua suoi sue mio mia nostro nostra loro due tre quattro cinque
        alcuni alcune ogni nessun nessuna tutto tutta tutti tutte altri altre
    """),
    genders={"la": "f", "una": "f", "un'": "f", "questa": "f", "della": "f", "dalla": "f", "il": "m", "lo": "m",
             "un": "m", "uno": "m", "del": "m", "dal": "m"},
    prepositions=words("""
        di a da in con su per tra fra del della dei degli delle dell' dello al alla ai agli alle all' allo dal dalla dai
        dagli dall' nel nella nei negli nelle nell' sul sulla sui sulle sull' senza contro dopo durante secondo presso
        verso oltre fino sotto sopra entro
    """),
    of=words("di del della dei degli delle dell' dello d' a al alla per in nel nella con"),
    conjunctions=words("e ed o ma però né bensì"),
    subordinators=words("che se quando mentre come perché poiché sebbene dove affinché benché"),
    relatives=words("che chi cui quale quali dove"),
    whose=words("cui"),
    auxiliaries=words("""
        ha hanno aveva avevano ho abbiamo è sono era erano fu furono stato stata stati state sarà saranno sia siano va
        vanno viene vengono può possono deve devono non avrebbe potrebbe dovrebbe avesse essere avere
    """),
    clitics=words("si gli le lo la li l' ci mi vi ne"),
    adverbs=words("""
        anche ancora poi quindi però tuttavia inoltre sempre già infine ieri oggi domani prima dopo così invece dunque
        pure infatti subito appena nuovamente recentemente ora soltanto solo stesso stessa
    """),
    times=words("""
        lunedì martedì mercoledì giovedì venerdì sabato domenica gennaio febbraio marzo aprile maggio giugno luglio
        agosto settembre ottobre novembre dicembre ieri oggi domani mattina mattino pomeriggio sera notte settimana mese
        anno anni giorno giorni ora ore scorso scorsa prossimo prossima mezzogiorno alba
    """),
    numbers=words("due tre quattro cinque alcuni alcune"),
    one=words("uno una"),
    and_words=words("e ed"),
    be=words("stato stata stati state viene vengono venne"),
    with_words=words("con"),
    opening_participles=words("interrogato interrogata interpellato interpellata contattato"),
    breaks=words("ma e mentre che dove quando dopo però"),
    place_prepositions=words("a in su al alla ai agli dopo durante nel nella all' da dal dalla davanti con per"),
    hearers=words("""
        giornalisti cronisti stampa radio televisione tv agenzia quotidiano giornale conferenza intervista nota
        comunicato ansa adnkronos pubblico deputati parlamento margine microfoni telefono
    """),
    that=words("che"),
    by=words("da dal dalla dai dagli dall'"),
    abbreviations=words("sig sigg dott dr prof avv ing on sen st ss art cfr pag gen feb mar apr mag giu lug ago set ott nov dic ecc arch geom cav"),
    questions=words("""
        chi che cosa cos'è quando dove come perché quanto quanta quanti quante quale quali è sono ha può crede pensa c'è
    """),
    you=words("lei voi tu ti te vi suo sua suoi sue tuo tua vostro vostra le"),
    me=words("io mi me mio mia miei mie noi ci nostro nostra nostri nostre"),
    self_words=words("sono chiamo"),
    common=words("il di che e la un per non con del della sono gli ha una anche più dal alla nel è"),
    interview=words("intervista intervistato intervistata colloquio conversazione"),
    interview_verbs=words("intervista intervistò"),
    about=words("su sul sulla"),
    reporter_words=words("giornalista cronista reporter corrispondente inviato inviata"),
    label_stops=words("foto immagine fonte credito nota aggiornamento correzione contatti luogo data ora info"),
    credit_words=words("foto immagine fonte credito illustrazione"),
    answer_openers=words("sì no certo beh esatto esattamente assolutamente naturalmente io mai purtroppo diciamo"),
    commands=words("racconti ci_racconti parli spieghi descriva dica"),
    question_labels=words("d domanda"),
    answer_labels=words("r risposta"),
    editor_words=words("ndr redazione red"),
    note_words=words("ndr red ride risate sorride sic silenzio applausi pausa"),
    work_nouns=words("""
        film libro romanzo canzone album disco serie programma opera rivista quotidiano giornale saggio documentario
        spettacolo mostra poesia titolo nave operazione progetto
    """),
    small_in_titles=words("il lo la i gli le l' un una di del della dei e o a al alla in con senza su per"),
    alias_words=words("cosiddetto cosiddetta cosiddetti cosiddette detto detta soprannominato soprannominata intitolato"),
    elisions=words("""
        l' un' d' dell' all' dall' nell' sull' quell' quest' c' s' m' t' n' com' dov' bell' sant' tutt' anch' mezz'
    """),
    incises=True,
    dialogue_dashes="—–",
    adverb_endings=("mente",),
    verb_first=True,
    drops_subject=True,
    participle_endings=("ndo",),
)  # fmt: skip
