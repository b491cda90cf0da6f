"""Given names of French, Spanish, Italian, Dutch and Portuguese, beyond those that `GIVEN` has so."""

from articles.extraction.languages.given_names import GIVEN


def _with(men: str, women: str) -> dict[str, str]:
    return {**GIVEN, **dict.fromkeys(men.split(), "m"), **dict.fromkeys(women.split(), "f")}


FRENCH_GIVEN = _with(
    """
    alexis andré armand aurélien baptiste bastien benoît cédric christophe clément denis didier édouard éric
    étienne eugène fabien fabrice félix florent florian franck françois frédéric gaël georges gérard gilles
    grégoire grégory guillaume gustave hervé jean jean-baptiste jean-françois jean-louis jean-marie jean-michel
    jean-pierre jérémy jérôme joël julien léo léon loïc lucien marcel mathis matthieu maxence maxime michel
    mickaël noël patrice raphaël rémi rémy renaud rené robin romain sébastien serge stéphane sylvain théo
    théodore thibault valentin yann yannick yvan mehdi ousmane
    """,
    """
    adèle agathe agnès aline amandine amélie anaïs andrée angélique anne-marie anouk arlette aurélie aurore
    béatrice bénédicte capucine carine cécile céline chloé christelle clarisse claudine clémence clémentine
    delphine dorothée édith élisabeth élise élodie éloïse émilie ève fabienne fanny fatou françoise frédérique
    geneviève ginette gisèle hélène inès irène isabelle jeannine joëlle joséphine josiane justine karine laetitia
    laure laurence léa léonie lina lise lucie ludivine lydie maëlle manon marie-claude marie-christine
    marie-france marine marlène martine mathilde mélanie michèle myriam nadège nathalie noémie océane odette
    odile ophélie pascale paule régine romane salomé sandrine ségolène séverine solange solène stéphanie sylvie
    thérèse valentine valérie véronique virginie viviane zoé aïcha
    """,
)
SPANISH_GIVEN = _with(
    """
    adrián agustín álvaro andrés ángel bernardo césar cristóbal damián ernesto eugenio evaristo felipe félix
    fermín genaro germán gregorio héctor hernán iker íñigo iván jacinto jesús joaquín joan jordi josé julián
    marcos mariano martín mauricio máximo nicolás octavio óscar pascual patricio pepe ramiro ramón raúl rubén
    santos saúl sebastián sergi simón tomás unai víctor xabier
    """,
    """
    adela almudena amalia amaya amparo ángela ángeles araceli ariadna asunción azucena beatriz begoña belén berta
    candela carlota carolina concepción concha encarnación estefanía eulalia fátima fernanda gema inés inmaculada
    itziar josefa laia leire leonor lucía macarena maite mar marcela maría matilde mónica montserrat nieves
    noelia nuria paz pilar rebeca remedios rocío rosalía rosario sofía vanesa verónica
    """,
)
ITALIAN_GIVEN = _with(
    """
    achille adriano alessandro alessio amedeo andrea antonino attilio augusto beniamino cesare corrado cosimo
    dario daniele davide domenico donato edoardo elio emanuele enzo ernesto ettore eugenio ezio fabrizio fausto
    felice ferdinando filippo flavio francesco fulvio gabriele gaetano gennaro giacomo gianfranco gianluca
    gianluigi gianni giancarlo giulio guglielmo ignazio jacopo marcello massimiliano mattia maurizio mauro michele
    mirko nello nicola nicolò nino oreste osvaldo piero pierluigi pietro pino raffaele remo renato renzo riccardo
    romano rosario ruggero samuele sandro saverio sebastiano silvano simone tiziano tommaso ugo valentino valerio
    vincenzo vittorio
    """,
    """
    agnese alessia annamaria antonella assunta benedetta bruna camilla carmela carolina caterina chiara cinzia
    concetta donatella eleonora elisabetta emanuela enrica fabiana federica fiammetta flavia franca gaia giada
    gianna ginevra giorgia giulia giuliana giuseppina grazia graziella ilaria ilenia letizia lia licia liliana
    loredana lorenza luciana lucrezia ludovica maddalena margherita mariangela matilde michela milena nicoletta
    noemi nunzia ornella patrizia piera raffaella rosalba rossana rossella silvana tiziana vittoria viviana
    """,
)
DUTCH_GIVEN = _with(
    """
    aad aart adriaan arie arjan arjen bas boudewijn bram cees coen cor daan daniël derk diederik dries eelco ernst
    evert ewout floris frans frederik freek frits gerben gerrit gert gert-jan gijs gijsbert guus harm harmen harrie
    hein hendrik henk hessel huub jaap jacco jan-willem jelle jeroen job joep joost joris jos jouke jurriaan karel
    kasper kees klaas koen koos leendert lennart lex lieuwe luuk maarten marcel mark-jan marnix martijn mathijs
    matthijs maurits melle menno michiel niek nico piet rachid reinier rem remco rené rens rik robbert robin roel
    roelof rogier rutger ruud sander sebastiaan siebe sjoerd stef stijn sybren teun thijs tijmen tijs tjeerd ton toon
    twan wiebe willem wim wouter wout youssef
    """,
    """
    aafke aaltje aletta ankie anneke annelies annemarie anouk antje babette beatrix carolien corrie dieuwertje
    dorien els elske evelien fenna femke fleur floor frederike froukje geertje geertruida geesje gerdien gonda greet
    greetje guusje hanneke hannie hedwig heleen henny hennie hilde jannie janneke jet jetske joke jolanda jolien
    josje leonie lianne lies liesbeth lieke lisanne lotte loes maaike maartje machteld manon margriet marieke
    marijke marja marjan marjolein marleen marloes marlies martine mathilde mieke mies mirjam nathalie neelie
    nelleke nienke noortje renske ria rianne roos sanne saskia sofie tineke tine toos truus willemien willemijn
    wietske
    """,
)
PORTUGUESE_GIVEN = _with(
    """
    adalberto adriano afonso álvaro américo andré anselmo antero antónio antônio arnaldo augusto aurélio baltazar
    bento bernardo caetano caio celso césar cláudio cristiano danilo davi diogo domingos duarte edmundo edson
    emílio ernesto evaristo fábio felipe félix filipe firmino flávio frederico geraldo gonçalo guilherme heitor
    helder hélder henrique inácio jair jerónimo joão joaquim josé júlio leonel lourenço luís luiz manoel márcio
    marcos mário martim mateus matheus maurício moisés murilo nelson nuno octávio olavo óscar otávio paulo ramiro
    renato rogério romeu ronaldo rubens rui sebastião sérgio simão telmo teodoro thiago tiago tomás tomé valdemar
    vasco vinícius vítor wagner wellington wilson
    """,
    """
    adelaide alzira amália amélia anabela andreia ângela antónia antônia aparecida bárbara beatriz benedita
    berta branca bruna cândida carlota carolina cecília célia cláudia conceição cristiana débora dilma emília
    esperança estela eugénia fabiana fátima fernanda filipa filomena flávia francisca glória graça heloísa
    hermínia inês iolanda ivone joana josefa júlia leonor letícia lídia lígia liliana lúcia luciana luísa luiza
    madalena mafalda márcia margarida marília matilde mercês mónica mônica natália noélia odete olívia patrícia
    rosália rosana rute sílvia sónia sônia tereza vanda verónica vitória viviane zulmira
    """,
)
