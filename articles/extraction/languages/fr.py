"""Word tables for French."""

from articles.extraction.languages.table import Language, forms, words
from articles.extraction.languages.western_given_names import FRENCH_GIVEN

_ER = "e ent ait aient a èrent é ée és ées ant er"

SAY = forms(
    """
    affirm ajout déclar expliqu précis assur confi racont lanc soulign rappel martel soupir souffl insist
    interrog demand regrett déplor témoign comment résum avou confirm annonc indiqu signal not observ remarqu
    argument clam tempêt ironis plaisant murmur cri hurl répliqu rétorqu gliss enchaîn détaill analys préconis
    plaid confess assén répét suggér lâch nuanc tranch tempér grinc raill dénonc proclam jur balay fulmin peste
    lament recommand exhort réclam estim alert
    """,
    _ER,
) | words("""
dit disent disait disaient dirent dite dits dire disant répond répondent répondait répondit répondu répondre
soutient soutiennent soutenait soutenu admet admettent admettait admis reconnaît reconnait reconnaissent
reconnaissait reconnu conclut conclu concluait poursuit poursuivent poursuivi poursuivait prévient prévenu prévenait
avertit averti avertissait réjouit réjouissait réjoui promet promis promettait maintient maintenu convient convenu
reprend repris reprenait renchérit renchéri sourit souri souriait rit riait rappelle rappellent martèle martelé
répète répètent assène suggère suggèrent plaint plaignait défend défendu défendait garantit garanti interroge
interrogent annonça lança dénonça tenu_à_préciser tenu_à_rappeler tenu_à_rassurer tenu_à_souligner fait_savoir fait_valoir fait_remarquer fait_observer met_en_garde mis_en_garde
""")

FRENCH = Language(
    code="fr",
    say=SAY,
    write=words("écrit écrivait écrivent écrivit tweete tweeté tweetait poste posté"),
    call=forms("qualifi jug dénonc critiqu accus salu fustig", _ER)
    | words("""
        parle parlent parlait parlé évoque évoqué évoquent décrit décrivait traite traité taxe taxé
        compare comparé considère considéré voit dénonce vante vanté
    """),
    think=words("""
        croit croient croyait pense pensent pensait espère espéraient espèrent veut voulait souhaite souhaitait craint
        craignait redoute attend attendait trouve trouvait sait regarde
    """),
    either=words("""
        note notes demande demandes critique critiques juge juges annonce annonces cri confie compte voit veut trouve
        parle poste regarde trouve commente alerte sait
    """),
    negations=words("ne n' pas jamais ni plus"),
    nobodies=words("personne aucun aucune nul nulle rien"),
    modals=words("""
        aurait auraient pourrait pourraient devrait devraient peut peuvent doit doivent voudrait voudraient
    """),
    said_after_all=words("seulement que simplement"),
    conditions=words("si s'il sauf peut-être"),
    unsaid_openers=words("imaginez imaginons supposez supposons dites"),
    unfulfilled=words("refusé refuse refusait voulu veut voulait évité évite omis oublié failli renoncé"),
    denials=words("nie nié niait dément démenti démentait démentent sans"),
    infinitive_endings=("er", "re", "ir"),
    asking=words("demande demandé demandait interroge interrogé interrogeait"),
    according=words("""
        selon d'_après à_en_croire au_dire_de aux_dires_de aux_yeux_de aux_yeux_du de_l'_avis_de de_l'_avis_du pour
    """),
    views=words("pour"),
    noun_cues=words("""
        communiqué déclaration message lettre réponse question titre tweet mots phrase discours conclusion
        constat avertissement
    """),
    written_nouns=words("communiqué message lettre titre tweet tribune rapport courrier note courriel article"),
    written_by=words("de"),
    pronouns={
        "il": "m", "elle": "f", "ils": "p", "elles": "p", "on": "n", "je": "i", "j'": "i", "nous": "i", "tu": "i",
        "vous": "i", "qui": "r", "celui-ci": "m", "celle-ci": "f", "lui": "m", "ceux-ci": "p", "certains": "p",
        "beaucoup": "p", "tous": "p", "eux": "p", "toutes": "p", "ce": "n", "c'": "n", "cela": "n", "ça": "n", "le": "n",
        "la": "n", "les": "n", "l'": "n", "se": "n", "s'": "n", "me": "i", "m'": "i", "te": "i", "t'": "i",
    },
    titles={
        "m": "m", "mm": "", "mme": "f", "mlle": "f", "monsieur": "m", "madame": "f", "dr": "", "docteur": "",
        "docteure": "f", "pr": "", "professeur": "", "professeure": "f", "me": "", "maître": "", "président": "m",
        "présidente": "f", "ministre": "", "premier": "m", "première": "f", "maire": "", "maires": "",
        "sénateur": "m", "sénatrice": "f", "député": "m", "députée": "f", "préfet": "m", "préfète": "f",
        "procureur": "m", "procureure": "f", "juge": "", "général": "m", "colonel": "", "commandant": "",
        "commandante": "f", "capitaine": "", "lieutenant": "", "commissaire": "", "directeur": "m",
        "directrice": "f", "secrétaire": "", "évêque": "m", "archevêque": "m", "cardinal": "m", "pape": "m",
        "père": "m", "frère": "m", "sœur": "f", "soeur": "f", "roi": "m", "reine": "f", "prince": "m",
        "princesse": "f", "avocat": "m", "avocate": "f", "ingénieur": "m", "ingénieure": "f", "écrivain": "m",
        "romancier": "m", "romancière": "f", "chercheur": "m", "chercheuse": "f", "entraîneur": "m",
        "entraîneuse": "f", "économiste": "", "historien": "m", "historienne": "f", "conseiller": "m",
        "conseillère": "f", "élu": "m", "élue": "f", "chef": "", "cheffe": "f", "ambassadeur": "m",
        "ambassadrice": "f", "adjoint": "m", "adjointe": "f", "réalisateur": "m", "réalisatrice": "f",
        "chanteur": "m", "chanteuse": "f", "acteur": "m", "actrice": "f", "journaliste": "", "ancien": "m",
        "ancienne": "f", "ex-président": "m", "ex-ministre": "", "vice-président": "m", "vice-présidente": "f",
    },
    modifiers=words("ancien ancienne premier première chef"),
    roles=words("""
        porte-parole président présidente ministre ministère maire mairie préfet préfète préfecture procureur
        procureure parquet police gendarmerie gouvernement syndicat syndicats fédération association collectif
        entreprise groupe société direction directeur directrice responsable responsables élu élue élus députés député
        députée sénateur sénatrice avocat avocate avocats médecin médecins infirmier infirmière professeur enseignant
        enseignante enseignants chercheur chercheuse scientifique scientifiques expert experte experts spécialiste
        économiste sociologue historien historienne juge tribunal cour parti opposition commission conseil comité
        institut université hôpital clinique rapport étude journal quotidien hebdomadaire magazine agence source
        sources témoin témoins habitant habitante habitants riverain riveraine riverains voisin voisine voisins client
        cliente victime victimes famille mère père femme mari époux épouse veuve veuf fils fille frère sœur oncle
        tante grand-mère grand-père ami amie amis collègue collègues homme jeune étudiant étudiante lycéen lycéenne
        agriculteur agricultrice éleveur éleveuse pêcheur pêcheurs vigneron vignerons boulanger ouvrier ouvrière
        employé employée salarié salariée salariés gérant gérante patron patronne chauffeur conducteur conductrice
        entraîneur entraîneuse joueur joueuse capitaine acteur actrice chanteur chanteuse auteur autrice écrivain
        romancier romancière réalisateur réalisatrice artiste journaliste militant militante militants manifestant
        manifestants candidat candidate adversaire vétéran bénévole bénévoles plongeur plongeurs sauveteur sauveteurs
        pompier pompiers soldat commandant colonel général ingénieur ingénieure chef cheffe secrétaire membre
        représentant représentante délégué déléguée curé prêtre évêque pape compagnie banque fondation ong mouvement
        communiqué lettre tribune texte autorités enquêteurs élèves parents agent agents
    """),
    nobody=words("rumeur rumeurs proverbe dicton"),
    role_gender={"mère": "f", "père": "m", "veuve": "f", "veuf": "m", "femme": "f", "mari": "m", "épouse": "f",
                 "fils": "m", "fille": "f", "tante": "f", "oncle": "m"},
    given=FRENCH_GIVEN,
    particles=words("de du des d' la le van von der ben el al"),
    suffixes=words("jr"),
    not_names=words("""
        lundi mardi mercredi jeudi vendredi samedi dimanche janvier février mars avril mai juin juillet août septembre
        octobre novembre décembre le la les l' un une des du de d' au aux à en et ou mais donc or ni car si que qu' qui
        ce cet cette ces c' il elle ils elles on nous vous je j' tu son sa ses leur leurs notre nos mon ma mes dans sur
        sous avec sans pour par contre chez vers entre avant après depuis pendant selon comme quand lorsque alors ainsi
        aussi encore toujours hier demain aujourd'hui plus moins très trop bien oui non interrogé interrogée selon
        aucun aucune tout toute tous toutes même puis enfin environ quelques plusieurs deux trois quatre cinq
        maintenant pourtant cependant malgré dès où quel quelle quels quelles y ne n' s' se
    """),
    determiners=words("""
        le la les l' un une des du au aux ce cet cette ces son sa ses leur leurs mon ma mes notre nos votre vos
        plusieurs deux trois quatre cinq quelques certains certaines chaque aucun aucune tout tous toute toutes
    """),
    genders={"la": "f", "une": "f", "sa": "f", "cette": "f", "le": "m", "un": "m", "ce": "m", "du": "m", "au": "m"},
    prepositions=words("""
        à de d' du des en dans sur sous avec sans pour par contre chez vers entre avant après depuis pendant durant
        selon hors malgré parmi jusque jusqu' dès lors outre près devant derrière au aux
    """),
    of=words("de d' du des à au aux en pour chez"),
    conjunctions=words("et ou mais donc car ni or"),
    subordinators=words("que qu' quand lorsque lorsqu' si comme puisque puisqu' parce tandis alors où dont afin"),
    relatives=words("qui que dont lequel laquelle lesquels lesquelles où"),
    whose=words("dont"),
    auxiliaries=words("""
        a ont avait avaient est sont était étaient ai avons avez eu été sera seront serait fut furent soit aura auront
        aurait auraient va vont peut peuvent doit doivent fait ne n' pas pourrait devrait
    """),
    clitics=words("se s' l' le la les lui leur nous vous m' me y en"),
    adverbs=words("""
        aussi encore ensuite puis alors toutefois cependant pourtant également notamment toujours déjà enfin finalement
        aussitôt auparavant ensuite ainsi hier aujourd'hui demain même plutôt surtout seulement simplement là ici
        récemment bien néanmoins guère
    """),
    times=words("""
        lundi mardi mercredi jeudi vendredi samedi dimanche janvier février mars avril mai juin juillet août septembre
        octobre novembre décembre hier aujourd'hui demain matin midi soir soirée nuit semaine mois année an ans jour
        jours heure heures après-midi dernier dernière prochain prochaine matinée journée
    """),
    numbers=words("deux trois quatre cinq plusieurs quelques certains"),
    one=words("un une"),
    and_words=words("et"),
    be=words("été"),
    with_words=words("avec"),
    opening_participles=words("interrogé interrogée interrogés questionné questionnée sollicité sollicitée contacté"),
    breaks=words("mais et alors tandis qui où dont avant après"),
    place_prepositions=words("à dans en sur lors devant au aux pendant par chez auprès de d' du"),
    hearers=words("""
        journalistes journaliste presse radio télévision micro antenne agence journal quotidien conférence interview
        entretien communiqué afp public députés médias parlement conseil
    """),
    that=words("que qu'"),
    by=words("par"),
    abbreviations=words("m mm mme mlle dr pr me st ste av bd janv févr avr juil sept oct nov déc etc cf p n no vol éd"),
    questions=words("""
        qui que qu' quoi quand où comment pourquoi combien quel quelle quels quelles est-ce avez-vous êtes-vous
        pensez-vous pouvez-vous y-a-t-il est sont peut-on faut-il lequel laquelle
    """),
    you=words("vous votre vos vôtre tu toi te ton ta tes"),
    me=words("je j' j me m' m moi mon ma mes nous notre nos"),
    self_words=words("suis m'appelle"),
    common=words("le la les des et est dans pour que qui une du au par sur pas plus avec ce il elle"),
    interview=words("entretien interview interviewé interviewée propos_recueillis répond_à"),
    interview_verbs=words("interviewe interviewé interrogé"),
    about=words("sur"),
    reporter_words=words("journaliste reporter correspondant correspondante envoyé envoyée"),
    label_stops=words("photo photos crédit source image légende mise_à_jour correction contact lieu date heure infos"),
    credit_words=words("photo photos crédit image illustration dessin"),
    answer_openers=words("oui non si bien absolument tout_à_fait effectivement bien_sûr je j' c' certainement évidemment"),
    commands=words("racontez parlez expliquez décrivez dites"),
    question_labels=words("q question"),
    answer_labels=words("r réponse"),
    editor_words=words("ndlr rédaction réd"),
    note_words=words("ndlr réd rires rire sic sourire silence applaudissements"),
    work_nouns=words("""
        film livre roman chanson album série émission pièce journal magazine essai documentaire spectacle exposition
        poème opéra titre bateau opération projet
    """),
    small_in_titles=words("le la les l' l un une des de du d d' et ou à au aux en dans sur pour par"),
    alias_words=words("dit dite surnommé surnommée soi-disant baptisé baptisée intitulé intitulée nommé appelé"),
    elisions=words("l' d' qu' s' n' j' c' m' t' jusqu' lorsqu' puisqu' quoiqu'"),
    enclitics=words("il elle ils elles on je nous vous"),
    incises=True,
    dialogue_dashes="—–",
    adverb_endings=("ment",),
    verb_first=True,
    participle_endings=("ant",),
)  # fmt: skip
