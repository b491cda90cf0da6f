"""Given names of French, Spanish, Italian, Dutch and Portuguese, with their gender in that language."""

from articles.extraction.languages.given_names import GIVEN


def _with(men: str, women: str) -> dict[str, str]:
    return {**GIVEN, **dict.fromkeys(men.split(), "m"), **dict.fromkeys(women.split(), "f")}


FRENCH_GIVEN = _with(
    """
    adrien alain albert alexandre alexis alfred andré anthony antoine armand arnaud arthur aurélien baptiste
    bastien benjamin benoît bernard bertrand boris bruno cédric charles christian christophe claude clément
    cyril damien daniel david denis didier dominique édouard emmanuel éric étienne eugène fabien fabrice félix
    florent florian francis franck françois frédéric gabriel gaël gaston georges gérard gilbert gilles grégoire
    grégory guillaume gustave guy henri hervé hubert hugo jacques jean jean-baptiste jean-claude jean-françois
    jean-louis jean-luc jean-marc jean-marie jean-michel jean-paul jean-pierre jérémy jérôme joël jonathan jordan
    joseph jules julien kevin laurent léo léon lionel loïc louis luc lucas lucien marc marcel martin mathieu
    mathis matthieu maurice maxence maxime michel mickaël nathan nicolas noël olivier pascal patrice patrick paul
    philippe pierre quentin raphaël raymond rémi rémy renaud rené richard robert robin roger roland romain
    samuel sébastien serge simon stéphane sylvain théo théodore thibault thierry thomas tristan valentin victor
    vincent xavier yann yannick yves yvan farid karim mehdi mohamed mamadou ousmane
    """,
    """
    adèle agathe agnès alexandra alice aline amandine amélie anaïs andrée angélique anne anne-marie annie anouk
    arlette audrey aurélie aurore béatrice bénédicte bernadette brigitte camille capucine carine carole caroline
    catherine cécile céline chantal charlotte chloé christelle christiane christine claire clara clarisse
    claudine clémence clémentine colette corinne danielle delphine denise diane dorothée édith élisabeth élise
    élodie éloïse emma émilie emmanuelle estelle ève fabienne fanny fatou florence françoise frédérique gabrielle
    geneviève ginette gisèle hélène inès irène isabelle jacqueline jeanne jeannine joëlle joséphine josiane
    judith julie juliette justine karine laetitia laura laure laurence léa léonie lina lise louise lucie ludivine
    lydie madeleine maëlle manon marguerite marie marie-claude marie-christine marie-france marine marion marlène
    martine mathilde maud mélanie michèle mireille monique muriel myriam nadège nadia nadine nathalie nicole
    noémie océane odette odile ophélie pascale patricia paule pauline rachel régine romane rose sabine sabrina
    salomé sandrine sarah ségolène séverine simone solange solène sonia sophie stéphanie suzanne sylvie thérèse
    valentine valérie vanessa véronique virginie viviane yvette yvonne zoé aïcha
    """,
)
SPANISH_GIVEN = _with(
    """
    adolfo adrián agustín alberto alejandro alfonso alfredo álvaro andrés ángel antonio arturo benito bernardo
    carlos césar cristian cristóbal damián daniel david diego domingo edgar eduardo emilio enrique ernesto
    esteban eugenio evaristo federico felipe félix fermín fernando fidel francisco gabriel genaro gerardo germán
    gilberto gonzalo gregorio guillermo gustavo héctor hernán horacio hugo ignacio iker íñigo ismael iván jacinto
    jaime javier jesús joaquín joan jordi jorge josé juan julián julio leandro leonardo lorenzo lucas luis manuel
    marcelo marcos mariano mario martín mateo mauricio máximo miguel nicolás octavio óscar pablo pascual patricio
    pedro pepe rafael ramiro ramón raúl ricardo roberto rodolfo rodrigo rogelio rubén salvador samuel santiago
    santos saúl sebastián sergi sergio simón tomás unai vicente víctor xabier xavier
    """,
    """
    adela adriana alba alejandra alicia almudena amalia amaya amparo ana andrea ángela ángeles antonia araceli
    ariadna asunción aurora azucena beatriz begoña belén berta blanca candela carla carlota carmen carolina
    catalina cecilia celia clara claudia concepción concha consuelo cristina daniela delia dolores elena elisa
    elvira emilia encarnación esperanza estefanía esther eugenia eulalia eva fátima fernanda gabriela gema gloria
    graciela guadalupe inés inmaculada irene isabel itziar josefa josefina juana julia laia laura leire leonor
    leticia lidia lola lorena lourdes lucía luisa luz macarena magdalena maite manuela mar marcela margarita
    maría maribel marina marisa marisol marta matilde mercedes milagros miriam mónica montserrat natalia nieves
    noelia nuria olga paloma patricia paula paz pilar raquel rebeca remedios rocío rosa rosalía rosario sandra
    sara silvia sofía soledad sonia susana teresa valentina valeria vanesa verónica victoria virginia yolanda
    """,
)
ITALIAN_GIVEN = _with(
    """
    achille adriano alberto aldo alessandro alessio alfredo amedeo andrea angelo antonino antonio armando arturo
    attilio augusto beniamino bruno carlo cesare claudio corrado cosimo cristian dario daniele davide diego
    domenico donato edoardo elio emanuele emilio enrico enzo ernesto ettore eugenio ezio fabio fabrizio fausto
    federico felice ferdinando filippo flavio franco francesco fulvio gabriele gaetano gennaro giacomo gianfranco
    gianluca gianluigi gianni giancarlo gino giorgio giovanni giulio giuseppe guglielmo guido ignazio ivan
    jacopo leonardo lorenzo luca luciano luigi marcello marco mario massimiliano massimo matteo mattia maurizio
    mauro michele mirko nello nicola nicolò nino oreste orlando osvaldo paolo pasquale piero pierluigi pietro pino
    raffaele remo renato renzo riccardo roberto rocco romano rosario ruggero salvatore samuele sandro saverio
    sebastiano sergio silvano silvio simone stefano tiziano tommaso ugo umberto valentino valerio vincenzo
    vittorio walter
    """,
    """
    ada adele adriana agata agnese alba alessandra alessia alice anna annalisa annamaria antonella antonia arianna
    assunta aurora barbara beatrice benedetta bianca bruna camilla carla carlotta carmela carolina caterina
    cecilia chiara cinzia clara claudia concetta cristina daniela debora denise donatella elena eleonora elisa
    elisabetta emanuela emma enrica erica eva fabiana federica fiammetta flavia franca francesca gabriella gaia
    giada gianna ginevra giorgia giovanna giulia giuliana giuseppina gloria grazia graziella ida ilaria ilenia
    irene isabella ivana laura letizia lia licia lidia liliana loredana lorenza luana lucia luciana lucrezia
    ludovica luisa maddalena manuela mara margherita maria mariangela marina marisa marta martina matilde melissa
    michela milena miriam monica nadia nicoletta noemi nunzia ornella paola patrizia piera raffaella renata rita
    roberta rosa rosalba rosanna rossana rossella sabina sabrina sandra sara serena silvana silvia simona sofia
    sonia stefania susanna teresa tiziana valentina valeria vanessa veronica viola virginia vittoria viviana
    """,
)
DUTCH_GIVEN = _with(
    """
    aad aart abel adriaan albert alexander ali arie arjan arjen arnold arthur bart bas ben bert bernard bob boudewijn
    bram cees coen cor daan daniël david dennis derk diederik dirk dries eduard edwin eelco erik ernst evert ewout
    ferdinand floris frank frans fred frederik freek frits gerard gerben gerrit gert gert-jan gijs gijsbert
    guido guus hans harm harmen harrie hein hendrik henk herman hessel hubert hugo huub ivo jaap jacco jacob jan
    jan-willem jasper jelle jeroen jesse job joep johan johannes joost joris jos jouke julius jurgen jurriaan karel
    kasper kees klaas koen koos lars leendert leo lennart lex lieuwe luc lucas luuk maarten marc marcel marco mark
    mark-jan marnix martijn mathijs matthijs maurits max melle menno michiel mike mohammed niek niels nico
    olaf oscar paul peter piet pieter rachid reinier rem remco rené rens rik rob robbert robert robin roel roelof
    rogier roland ronald ruben rutger ruud sander sebastiaan siebe sjoerd stef stefan steven stijn sven sybren
    teun theo thijs thomas tijmen tijs tim tjeerd tom ton toon twan victor vincent wesley wiebe wilfred willem wim
    wouter wout youssef yves
    """,
    """
    aafke aaltje agnes alice aletta amber anita anja anke ankie anna anne anneke annelies annemarie annette annie
    anouk antje astrid babette barbara beatrix bertha bianca brigitte carla caroline carolien chantal charlotte
    christina claudia cora corrie daphne debora diana dieuwertje dorien edith elisabeth elise elke ellen els elske
    emma esther eva evelien fatima fenna femke fleur floor fleur frederike froukje geertje geertruida gerda geesje
    gerdien gonda greet greetje guusje hanna hanneke hannie hedwig heleen helena henny hennie hilde ilse inge ingrid
    irene iris irma jacqueline jannie janneke jeanne jenny jet jetske joke jolanda jolien josje judith julia karin
    katja khadija kim kirsten laura leonie lianne lies liesbeth lieke linda lisa lisanne lotte loes lucia maaike
    maartje machteld manon margriet maria marianne marieke marijke marja marjan marjolein marleen marloes marlies
    martine mathilde mieke mies miranda mirjam monique nadia nathalie neelie nelleke nicole nienke noor noortje
    paula petra renate renske ria rianne roos rosalie ruth sabine samira sandra sanne saskia sigrid silvia simone
    sofie sophie stefanie suzanne sylvia thea tineke tine toos trudy truus vera willemien willemijn wilma wietske
    yvonne yvette
    """,
)
PORTUGUESE_GIVEN = _with(
    """
    abel adalberto adriano afonso alberto alexandre alfredo álvaro américo andré anselmo antero antónio antônio
    armando arnaldo artur augusto aurélio baltazar bento bernardo bruno caetano caio carlos celso césar cláudio
    cristiano daniel danilo davi david diego diogo domingos duarte edmundo edson eduardo emanuel emílio ernesto
    evaristo fábio felipe félix fernando filipe firmino flávio francisco frederico gabriel geraldo gil gilberto
    gonçalo guilherme gustavo heitor helder hélder henrique hugo humberto inácio ivo jaime jair jerónimo joão
    joaquim joel jonas jorge josé júlio leandro leonardo leonel lourenço lucas luciano luís luiz manoel manuel
    marcelo márcio marco marcos mário martim mateus matheus maurício miguel moisés murilo nelson nuno octávio
    olavo orlando óscar otávio paulo pedro rafael ramiro raul renato ricardo roberto rodrigo rogério romeu ronaldo
    rubens rui salvador samuel sebastião sérgio silvio simão telmo teodoro thiago tiago tomás tomé valdemar vasco
    vicente victor vinícius vítor wagner wellington wilson xavier
    """,
    """
    adelaide adriana alexandra alice alzira amália amanda amélia ana anabela andreia ângela antónia antônia
    aparecida aurora bárbara beatriz benedita berta bianca branca bruna camila cândida carla carlota carmen
    carolina catarina cecília célia celeste clara clarice cláudia conceição cristiana cristina daniela débora
    diana dilma dora elena eliana elisa elsa elvira emília esperança estela eugénia eva fabiana fátima fernanda
    filipa filomena flávia francisca gabriela glória graça helena heloísa hermínia inês iolanda irene isabel
    isadora ivone joana josefa júlia juliana laura leonor letícia lídia lígia liliana lourdes lúcia luciana
    luísa luiza madalena mafalda manuela márcia margarida maria mariana marília marina marisa marta matilde
    mercês mónica mônica natália noélia odete olga olívia paula patrícia raquel regina renata rita roberta rosa
    rosália rosana rute sandra sara sílvia simone sofia sónia sônia susana tatiana teresa tereza vanda vanessa
    vera verónica vitória viviane zulmira
    """,
)
