"""Given names with their gender, for all languages together."""

ENGLISH_MEN = """
aaron adam adrian alan albert alex alexander alfred ali allan allen andre andrew andy anthony antonio arnold
arthur austin barack barry ben benjamin bernard bernie bill billy bob bobby boris brad bradley brandon
brendan brett brian bruce bryan calvin carl carlos charles charlie chris christian christopher chuck
clarence clark cliff clinton colin corey cory craig curtis dale damian dan daniel danny darren dave david
dean dennis derek dick dominic don donald doug douglas drew duncan dwight earl ed eddie edgar eduardo edward
edwin eli elliott emmanuel eric erik ernest ethan eugene evan felix fernando francis francisco frank
franklin fred frederick gabriel gary gavin gene geoff geoffrey george gerald gerard gilbert glen glenn
gordon graham grant greg gregory guy hank hans harold harry harvey hassan hector henry herbert herman howard
hugh hugo ian ibrahim igor isaac ivan jack jacob jaime jake james jared jason javier jay jeb jeff jeffrey
jeremy jerome jerry jesse jim jimmy joachim joe joel john johnny jon jonathan jordan jorge jose josef joseph
josh joshua juan julian julio justin karl keith ken kenneth kevin khalid kyle lamar larry lars lawrence lee
len leo leon leonard leroy leslie lewis lindsey lloyd louis luca lucas luis luke malcolm manuel marc marco
marcus mario mark marshall martin marvin matt matthew maurice max mehmet michael miguel mike mitch mitchell
mitt mohamed mohammed muhammad nathan nathaniel neil newt nicholas nick nicolas nigel noah norman oliver
oscar otto owen pablo patrick paul pedro pete peter phil philip phillip pierre rafael ralph ramon rand randy
raul ray raymond reginald reince rex ricardo richard rick ricky rob robby robert roberto rod rodney roger
roland roman ron ronald ronnie ross roy rudy rufus rupert russell rusty ryan salvador sam samuel scott sean
sebastian sergei seth shane shaun sheldon sidney simon stan stanley stefan stephen steve steven stuart tad
ted terence terry theodore thomas tim timothy todd tom tommy tony travis trevor troy tucker tyler vernon
victor vince vincent vladimir walter warren wayne wesley wilbur will william willie xavier yusuf zachary
"""

ENGLISH_WOMEN = """
abigail ada alexandra alexis alice alicia alison allison amanda amber amelia amy ana andrea angela anita ann
anna anne annie april arianna ashley audrey barbara beatrice becky bernadette beth betsy betty beverly
bonnie brenda bridget brittany camille candace carla carly carmen carol caroline carolyn carrie cassandra
catherine cathy cecilia charlotte chelsea cheryl chloe christina christine cindy claire clara claudia
colleen condoleezza connie cynthia daisy dana danielle dawn deborah debbie debra denise diana diane donna
dora doris dorothy edith eileen elaine eleanor elena elisabeth elise elizabeth ella ellen emily emma erica
erin esther eva evelyn faith fatima felicia fiona florence frances gabrielle gail georgia geraldine gina
ginny gladys glenda gloria grace greta gwen hannah harriet hazel heather heidi helen helena hillary holly
hope huma ida ingrid irene iris isabel isabella ivanka jackie jacqueline jane janet janice jean jeanne
jennifer jenny jessica jill jo joan joanna joanne jodi josephine joy joyce juanita judith judy julia juliana
julie june karen karin kate katherine kathleen kathryn kathy katie katrina kay kelly kellyanne kerry kim
kimberly kirsten kristen kristin laura lauren leah leila lena lillian linda lisa liz lois loretta lori
lorraine louise lucia lucy lydia lynn madeleine maggie marcia margaret maria marie marilyn marion marjorie
marla martha mary maureen megan meghan melania melinda melissa mercedes meredith mia michele michelle
mildred miriam molly monica nancy naomi natalie natasha nell nicole nikki nina nora norma olga olivia pam
pamela patricia patty paula pauline peggy penny phyllis priscilla rachel rebecca regina renee rita roberta
robin rosa rose rosemary ruth sabrina sally samantha sandra sara sarah shannon sharon sheila shelley shirley
sonia sophia sophie stacy stella stephanie sue susan suzanne sylvia tamara tammy tanya tara tatiana teresa
theresa tiffany tina tracy ursula valerie vanessa vera veronica vicki victoria viola violet virginia vivian
wanda wendy yasmin yolanda yvonne zoe
"""

GERMAN_MEN = """
alexander andreas angelo bernd bernhard boris christian christoph claus daniel david dieter dirk edmund
erwin felix frank franz friedrich georg gerhard günter günther hans harald heiko heinrich heinz helmut
herbert hermann holger horst hubertus jan jens joachim jochen johannes josef jörg jürgen kai karl klaus kurt
lars lothar ludwig manfred marco mario markus martin matthias max michael norbert olaf oliver otto patrick
paul peter philipp rainer ralf reinhard reinhold robert roland rolf rudolf rüdiger sebastian sigmar stefan
stephan sven thomas thorsten tobias torsten udo ulrich uwe volker walter werner wilhelm winfried wolfgang
"""

GERMAN_WOMEN = """
andrea angela anja anke anna anne annegret annette astrid barbara beate bettina birgit brigitte carla
christa christina christine claudia cornelia dagmar daniela doris edith elisabeth elke erika eva franziska
gabriele gerda gisela hannelore heide heidi heike helga hildegard ilse ingrid inge irene iris jana jutta
karin katharina kathrin katja katrin kerstin kristina lena maria marion martina melanie monika nadine nicole
petra renate ruth sabine sandra sara sarah silke silvia simone sonja stefanie susanne sylvia tanja ulla
ulrike ursula ute vera verena
"""

POLISH_MEN = """
adam aleksander andrzej antoni artur bartosz bogdan bronisław czesław daniel dariusz dawid donald edward
filip franciszek grzegorz henryk ireneusz jacek jakub jan janusz jarosław jerzy józef kamil karol kazimierz
konrad krzysztof lech leszek łukasz maciej marcin marek mariusz mateusz michał mieczysław mikołaj mirosław
paweł piotr przemysław radosław rafał robert roman ryszard sebastian sławomir stanisław stefan szymon
tadeusz tomasz wacław wiesław witold władysław władimir wojciech zbigniew zdzisław zenon
"""

POLISH_WOMEN = """
agata agnieszka aleksandra alicja aneta anna barbara beata bożena danuta dorota elżbieta ewa grażyna halina
hanna helena irena iwona izabela jadwiga janina joanna jolanta julia justyna kamila katarzyna kinga krystyna
lidia lucyna magdalena małgorzata maria marta marzena monika natalia olga patrycja renata sylwia teresa
urszula wanda weronika wiesława zofia zuzanna
"""

OTHER_MEN = """
elias emil jonas viktor paolo anton lars samuel ahmed omar tariq chen li hiroshi kenji ivan dmitri
"""

OTHER_WOMEN = """
elena lena ada ines greta maren nadia miriam agnes ingrid fatima aisha mei yuki svetlana olena
"""

MORE_MEN = """
abdul abdullah abel abraham adolfo adrien ahmad akhil alain alastair alberto aldo alec alejandro alexandre
alexei alfonso alfredo alonso alun alvin amir amos anand anatoly anders andrei andres angus anil antoine
antony archie ari arjun armando arnaud arne arnie arturo ashok asif augustus avi axel aziz barney bart
bashar basil bassam benedict benito bennett benny bert bertrand bjorn blaine boyd brady brent bret brock
bruno buddy burt byron caleb callum cameron camilo carlo carlton cary casey cedric cesar chad charley
chester claude claudio clay clayton clifford clint clive clyde cody colby conor conrad cormac cornelius
cristian curt cyril cyrus damien damon dante darius darnell darrell darryl daryl deandre declan deepak denny
denzel derrick deshawn desmond devin dewayne dexter diego dimitri dino domingo dominique donnie dontae dov
doyle duane dustin dwain dwayne dylan eamon edgardo edmond eduard edwardo efrain eliot elmer elon elton
elvin elvis emanuel emilio emlyn enrico enrique ephraim erick esteban etienne evgeny ewan ezra fabian fabio
faisal farid farouk federico ferdinand fergus fidel finn floyd forrest franco francois frankie freddie
freddy fyodor gabe gareth garrett garry gaston geert gennady gerardo gerry gideon gil gilberto gino giorgio
giovanni giuseppe gonzalo gottfried graeme gregor guido guillermo gus gustavo hakeem hal hamid hamish harlan
harun hasan hashim heath henri henrik hernan hershel hiram homer horace horacio howie hubert humberto
hussein iain ignacio ilya imran irving irwin isaiah ismael ismail issac itzhak ivo izaak jabari jaco jacques
jaden jalen jamaal jamal jamie janos jarvis jasper javad jean-claude jean-luc jean-marc jean-paul jedd
jedediah jeffery jeremiah jermaine joao joaquin jody joey johan johann jonah jonny jorgen jude jules julius
jurgen kareem karim karl-heinz katsuya kelvin kendall kendrick kenny kofi konstantin kris krishna kwame
lachlan lance lanny laurence laurent leander leandro leland lenny leonardo leopold lester levi liam linus
lionel logan lonnie lorenzo louie luc luciano luigi luther lyle lyndon mack magnus mahmoud malik mamadou
manny manoj marcelino marcelo marlon massimo mateo mathieu matteo maxim maximilian maxwell melvin mervyn
micah micheal mick mickey miles milo milton mohammad moises monte morris moses moshe murray mustafa myron
naftali narendra nasser nat nate navid ned nestor niels nikolai nikos nils noam noel oleg olivier orlando
orrin osama oswald owain ozzie paddy padraig pascal pasquale percy perry philippe phineas pieter pradeep
prakash quentin quincy raheem rahm rahul raj rajiv raoul rashad rashid reggie reinaldo remy renaldo rene
reuben rhodri rhys riley rocco rocky roderick rodolfo rodrigo rogelio rohit rolando romeo rory roscoe rowan
ruben russ rustam saad saeed salman salvatore sameer sami sanjay santiago scot scotty seamus sergey sergio
seymour shawn shmuel silvio simeon solomon spencer stefano stephane stephon stewart sunil syed sylvester taj
terrance terrell terrence thad thaddeus theo thierry thurgood timmy titus toby tomas tommie toni trent trey
tristan tyrone ulysses umar umberto vaughn vicente vijay vikram vinny virgil vitaly vito walid wallace wally
warner wendell wes wiley wilfred wilfredo wilfried willard willis winston woodrow wyatt xi yair yasir
yitzhak yoshi yuri yves zach zachariah zack zane zeke zeph zeus zubair
"""

MORE_WOMEN = """
aaliyah abby adele adriana adrienne agatha aileen aimee akiko alana alba alejandra alessandra alexa
alexandria alma althea alyssa amal amara amina amira anabel anastasia andie angelica angelina angelique
anissa anjali annabel annabelle annalisa anneliese annika annmarie anthea antoinette antonia anya aretha
arielle arlene ashanti asma athena aubrey aurora ava ayesha barb becca belinda benita bernice bertha bethany
bette bianca billie blanca blanche brianna bridgette brigid britney brooke caitlin callie camila candice
cara carina carlotta carole cassie catalina catarina catharine cathleen celeste celia celine chandra chantal
charlene chelsie cher cherie christiane christie clarice clarissa claudette clementine cleo colette
constance consuelo cora coretta corinne courtney cristina dahlia damaris daphne darcy darla darlene deanna
deb debora deepa deidre deirdre delia delilah della delores denisha desiree dianna dianne dina dinah dixie
dolores dominica dorian dorothea dottie eartha edie edna effie eliana elisa elissa eliza elle eloise elsa
elsie elspeth elvira emiko emilia emilie emmanuelle emmeline enid erma ernestine esme esmeralda esperanza
estelle ethel etta eugenia eunice evangeline evie evita fabiola farah fay faye felicity flora florencia fran
francesca francine francoise freda freya frida gabriela gabriella gemma genevieve georgette georgina geri
germaine gertrude gigi gilda gillian giovanna gisele glenna goldie graciela gretchen griselda guadalupe
gwendolyn gwyneth hadley haley halle hana hanan hattie haylee hedda helene henrietta hermione hilary hilda
hortense hye-jin ilana ilene iliana iman imani imelda imogen ina inez ioana irma isadora isla ivana ivette
ivy jacinta jacquelyn jacqui jada jamila janae janelle janette janie janine jasmin jasmine jayne jeanette
jeanie jeannette jeannie jemima jenna jenni jennie jewel jillian joann jocelyn joelle johanna joleen joni
josefina josie jovita juana judi julianna julianne juliet juliette kaitlin kaitlyn kamala kara karla
karolina katarina katelyn katharine kathe katy kavita kaye kayla keiko keisha kelli kellie kendra kenisha
kenya keri kerri khadija kiara kiersten kira kirstie kirstin kitty krista kristi kristie kristine kristy
krystal kylie lakeisha lakshmi lana lara larissa latanya latasha latisha latonya latoya laurel laurie
lavinia leanne lee-ann leigh leilani lenora leona leonora leticia letitia lila lilian lilith lillie lily
lindsay linette lisbeth liza lizzie lola lorena lorna lottie louella lourdes luana lucille lucinda lucretia
luisa lupe luz lyla lynda lyndsey lynette mabel mackenzie maddie madelyn madonna mae magda mahalia maia
maisie malia malika mallory mandy manuela mara marcella marcy margarita margaux margery margot margret
marguerite mariam mariana marianne maribel maricela marie-claire mariel marietta marina marisa marisol
marissa marit marlene maryam maryann maryanne matilda maud maude maura mavis maxine maya mazie meena megyn
mei-ling melba melisa mellie melody meryl michaela michiko milagros millicent millie mimi mina mindy minnie
mira miranda mireille misty moira mollie mona monique muriel myra myrna myrtle nan nanette naoko naureen
neha nellie nettie neva nia nichelle nicolette nisha noelle nona noor noreen noura nydia octavia odessa oona
ophelia oprah paige paloma pansy paola patsy patti penelope philippa phoebe pia piper polly pooja portia
priya prudence queenie ramona rania raquel rashida reba reem rekha rena reyna rhoda rhonda ricki rihanna
rima rona ronda rosalie rosalind rosalyn rosamund rosanna roseanne rosetta rosie rosita rowena roxana
roxanne ruthie sabina sade sadie safiya sahar saira salma samia samira sandy saoirse sasha scarlett selena
selma serena shana shanna shari sharlene sharron shauna shawna shayla shelby sheri sherri sherrie sherry
sheryl shirin shona shonda shreya sienna sigrid simona sinead siobhan skye sofia soledad sonya soraya stacey
staci stacie starla stefania sue-ann sunita susana susanna susannah susie suzan suzanna suzette suzy swati
sybil sydney tabitha talia tamar tami tamika tammi tanisha tasha tatum tawny tess tessa thalia thea thelma
therese tilda tillie toby-ann tonya tori tova treva tricia trina trish trisha trudy twila tyra uma una
valentina valeria vanna velma venus verna vickie vikki violeta vivien wendi whitney whoopi wilhelmina willa
willow wilma winifred winnie winona xiu yael yara yasmeen yesenia ying yoko yolande yulia yuliya yusra
yvette zainab zara zelda zina zora zuri
"""

MEN = MORE_MEN + POLISH_MEN + GERMAN_MEN + OTHER_MEN + ENGLISH_MEN
WOMEN = MORE_WOMEN + POLISH_WOMEN + GERMAN_WOMEN + OTHER_WOMEN + ENGLISH_WOMEN
GIVEN = {**dict.fromkeys(MEN.split(), "m"), **dict.fromkeys(WOMEN.split(), "f")}


# Names that in English are given to both genders, or to another gender than elsewhere.
OF_EITHER = """
alex avery casey chris dominique drew jackie jamie jess jody jordan kelly kendall kerry kim lee leslie lindsay
lindsey marian merle morgan pat patrice quinn riley robin rowan sam sandy sasha shannon shelby sidney stacy
sydney taylor terry tracy
"""
ENGLISH_GIVEN = {
    **GIVEN,
    **dict.fromkeys(("andrea", "jan", "jean", "nicola", "simone"), "f"),
    **dict.fromkeys(OF_EITHER.split(), ""),
}
