"""Given names with their gender, for all languages together."""

MEN = """
aaron abdul abdullah abel abraham adam adolfo adrian adrien ahmad ahmed akhil alain alan alastair albert
alberto aldo alec alejandro aleksander alex alexander alexandre alexei alfonso alfred alfredo ali allan allen
alonso alun alvin amir amos anand anatoly anders andre andreas andrei andres andrew andrzej andy angelo angus
anil anthony antoine anton antoni antonio antony archie ari arjun armando arnaud arne arnie arnold arthur
artur arturo ashok asif augustus austin avi axel aziz barack barney barry bart bartosz bashar basil bassam ben
benedict benito benjamin bennett benny bernard bernd bernhard bernie bert bertrand bill billy bjorn blaine bob
bobby bogdan boris boyd brad bradley brady brandon brendan brent bret brett brian brock bronisław bruce bruno
bryan buddy burt byron caleb callum calvin cameron camilo carl carlo carlos carlton cary casey cedric cesar
chad charles charley charlie chen chester chris christian christoph christopher chuck clarence clark claude
claudio claus clay clayton cliff clifford clint clinton clive clyde cody colby colin conor conrad corey cormac
cornelius cory craig cristian curt curtis cyril cyrus czesław dale damian damien damon dan daniel danny dante
darius dariusz darnell darrell darren darryl daryl dave david dawid dean deandre declan deepak dennis denny
denzel derek derrick deshawn desmond devin dewayne dexter dick diego dieter dimitri dino dirk dmitri domingo
dominic dominique don donald donnie dontae doug douglas dov doyle drew duane duncan dustin dwain dwayne dwight
dylan eamon earl ed eddie edgar edgardo edmond edmund eduard eduardo edward edwardo edwin efrain eli elias
eliot elliott elmer elon elton elvin elvis emanuel emil emilio emlyn emmanuel enrico enrique ephraim eric
erick erik ernest erwin esteban ethan etienne eugene evan evgeny ewan ezra fabian fabio faisal farid farouk
federico felix ferdinand fergus fernando fidel filip finn floyd forrest francis francisco franciszek franco
francois frank frankie franklin franz fred freddie freddy frederick friedrich fyodor gabe gabriel gareth
garrett garry gary gaston gavin geert gene gennady geoff geoffrey georg george gerald gerard gerardo gerhard
gerry gideon gil gilbert gilberto gino giorgio giovanni giuseppe glen glenn gonzalo gordon gottfried graeme
graham grant greg gregor gregory grzegorz guido guillermo gus gustavo guy günter günther hakeem hal hamid
hamish hank hans harald harlan harold harry harun harvey hasan hashim hassan heath hector heiko heinrich heinz
helmut henri henrik henry henryk herbert herman hermann hernan hershel hiram hiroshi holger homer horace
horacio horst howard howie hubert hubertus hugh hugo humberto hussein iain ian ibrahim ignacio igor ilya imran
ireneusz irving irwin isaac isaiah ismael ismail issac itzhak ivan ivo izaak jabari jacek jack jaco jacob
jacques jaden jaime jake jakub jalen jamaal jamal james jamie jan janos janusz jared jarosław jarvis jason
jasper javad javier jay jean-claude jean-luc jean-marc jean-paul jeb jedd jedediah jeff jeffery jeffrey jens
jeremiah jeremy jermaine jerome jerry jerzy jesse jim jimmy joachim joao joaquin jochen jody joe joel joey
johan johann johannes john johnny jon jonah jonas jonathan jonny jordan jorge jorgen jose josef joseph josh
joshua juan jude jules julian julio julius jurgen justin józef jörg jürgen kai kamil kareem karim karl
karl-heinz karol katsuya kazimierz keith kelvin ken kendall kendrick kenji kenneth kenny kevin khalid klaus
kofi konrad konstantin kris krishna krzysztof kurt kwame kyle lachlan lamar lance lanny larry lars laurence
laurent lawrence leander leandro lech lee leland len lenny leo leon leonard leonardo leopold leroy leslie
lester leszek levi lewis li liam lindsey linus lionel lloyd logan lonnie lorenzo lothar louie louis luc luca
lucas luciano ludwig luigi luis luke luther lyle lyndon maciej mack magnus mahmoud malcolm malik mamadou
manfred manny manoj manuel marc marcelino marcelo marcin marco marcus marek mario mariusz mark markus marlon
marshall martin marvin massimo mateo mateusz mathieu matt matteo matthew matthias maurice max maxim maximilian
maxwell mehmet melvin mervyn micah michael michał micheal mick mickey mieczysław miguel mike mikołaj miles
milo milton mirosław mitch mitchell mitt mohamed mohammad mohammed moises monte morris moses moshe muhammad
murray mustafa myron naftali narendra nasser nat nate nathan nathaniel navid ned neil nestor newt nicholas
nick nicolas niels nigel nikolai nikos nils noah noam noel norbert norman olaf oleg oliver olivier omar
orlando orrin osama oscar oswald otto owain owen ozzie pablo paddy padraig paolo pascal pasquale patrick paul
paweł pedro percy perry pete peter phil philip philipp philippe phillip phineas pierre pieter piotr pradeep
prakash przemysław quentin quincy radosław rafael rafał raheem rahm rahul rainer raj rajiv ralf ralph ramon
rand randy raoul rashad rashid raul ray raymond reggie reginald reinaldo reince reinhard reinhold remy renaldo
rene reuben rex rhodri rhys ricardo richard rick ricky riley rob robby robert roberto rocco rocky rod roderick
rodney rodolfo rodrigo rogelio roger rohit roland rolando rolf roman romeo ron ronald ronnie rory roscoe ross
rowan roy ruben rudolf rudy rufus rupert russ russell rustam rusty ryan ryszard rüdiger saad saeed salman
salvador salvatore sam sameer sami samuel sanjay santiago scot scott scotty seamus sean sebastian sergei
sergey sergio seth seymour shane shaun shawn sheldon shmuel sidney sigmar silvio simeon simon solomon spencer
stan stanisław stanley stefan stefano stephan stephane stephen stephon steve steven stewart stuart sunil sven
syed sylvester szymon sławomir tad tadeusz taj tariq ted terence terrance terrell terrence terry thad thaddeus
theo theodore thierry thomas thorsten thurgood tim timmy timothy titus tobias toby todd tom tomas tomasz
tommie tommy toni tony torsten travis trent trevor trey tristan troy tucker tyler tyrone udo ulrich ulysses
umar umberto uwe vaughn vernon vicente victor vijay vikram viktor vince vincent vinny virgil vitaly vito
vladimir volker wacław walid wallace wally walter warner warren wayne wendell werner wes wesley wiesław wilbur
wiley wilfred wilfredo wilfried wilhelm will willard william willie willis winfried winston witold wojciech
wolfgang woodrow wyatt władimir władysław xavier xi yair yasir yitzhak yoshi yuri yusuf yves zach zachariah
zachary zack zane zbigniew zdzisław zeke zenon zeph zeus zubair łukasz
"""

WOMEN = """
aaliyah abby abigail ada adele adriana adrienne agata agatha agnes agnieszka aileen aimee aisha akiko alana
alba alejandra aleksandra alessandra alexa alexandra alexandria alexis alice alicia alicja alison allison alma
althea alyssa amal amanda amara amber amelia amina amira amy ana anabel anastasia andie andrea aneta angela
angelica angelina angelique anissa anita anja anjali anke ann anna annabel annabelle annalisa anne annegret
anneliese annette annie annika annmarie anthea antoinette antonia anya april aretha arianna arielle arlene
ashanti ashley asma astrid athena aubrey audrey aurora ava ayesha barb barbara beata beate beatrice becca
becky belinda benita bernadette bernice bertha beth bethany betsy bette bettina betty beverly bianca billie
birgit blanca blanche bonnie bożena brenda brianna bridget bridgette brigid brigitte britney brittany brooke
caitlin callie camila camille candace candice cara carina carla carlotta carly carmen carol carole caroline
carolyn carrie cassandra cassie catalina catarina catharine catherine cathleen cathy cecilia celeste celia
celine chandra chantal charlene charlotte chelsea chelsie cher cherie cheryl chloe christa christiane christie
christina christine cindy claire clara clarice clarissa claudette claudia clementine cleo colette colleen
condoleezza connie constance consuelo cora coretta corinne cornelia courtney cristina cynthia dagmar dahlia
daisy damaris dana daniela danielle danuta daphne darcy darla darlene dawn deanna deb debbie debora deborah
debra deepa deidre deirdre delia delilah della delores denise denisha desiree diana diane dianna dianne dina
dinah dixie dolores dominica donna dora dorian doris dorota dorothea dorothy dottie eartha edie edith edna
effie eileen elaine eleanor elena eliana elisa elisabeth elise elissa eliza elizabeth elke ella elle ellen
eloise elsa elsie elspeth elvira elżbieta emiko emilia emilie emily emma emmanuelle emmeline enid erica erika
erin erma ernestine esme esmeralda esperanza estelle esther ethel etta eugenia eunice eva evangeline evelyn
evie evita ewa fabiola faith farah fatima fay faye felicia felicity fiona flora florence florencia fran
frances francesca francine francoise franziska freda freya frida gabriela gabriele gabriella gabrielle gail
gemma genevieve georgette georgia georgina geraldine gerda geri germaine gertrude gigi gilda gillian gina
ginny giovanna gisela gisele gladys glenda glenna gloria goldie grace graciela grażyna greta gretchen griselda
guadalupe gwen gwendolyn gwyneth hadley haley halina halle hana hanan hanna hannah hannelore harriet hattie
haylee hazel heather hedda heide heidi heike helen helena helene helga henrietta hermione hilary hilda
hildegard hillary holly hope hortense huma hye-jin ida ilana ilene iliana ilse iman imani imelda imogen ina
ines inez inge ingrid ioana irena irene iris irma isabel isabella isadora isla ivana ivanka ivette ivy iwona
izabela jacinta jackie jacqueline jacquelyn jacqui jada jadwiga jamila jana janae jane janelle janet janette
janice janie janina janine jasmin jasmine jayne jean jeanette jeanie jeanne jeannette jeannie jemima jenna
jenni jennie jennifer jenny jessica jewel jill jillian jo joan joann joanna joanne jocelyn jodi joelle johanna
jolanta joleen joni josefina josephine josie jovita joy joyce juana juanita judi judith judy julia juliana
julianna julianne julie juliet juliette june justyna jutta kaitlin kaitlyn kamala kamila kara karen karin
karla karolina katarina katarzyna kate katelyn katharina katharine kathe katherine kathleen kathrin kathryn
kathy katie katja katrin katrina katy kavita kay kaye kayla keiko keisha kelli kellie kelly kellyanne kendra
kenisha kenya keri kerri kerry kerstin khadija kiara kiersten kim kimberly kinga kira kirsten kirstie kirstin
kitty krista kristen kristi kristie kristin kristina kristine kristy krystal krystyna kylie lakeisha lakshmi
lana lara larissa latanya latasha latisha latonya latoya laura laurel lauren laurie lavinia leah leanne
lee-ann leigh leila leilani lena lenora leona leonora leticia letitia lidia lila lilian lilith lillian lillie
lily linda lindsay linette lisa lisbeth liz liza lizzie lois lola lorena loretta lori lorna lorraine lottie
louella louise lourdes luana lucia lucille lucinda lucretia lucy lucyna luisa lupe luz lydia lyla lynda
lyndsey lynette lynn mabel mackenzie maddie madeleine madelyn madonna mae magda magdalena maggie mahalia maia
maisie malia malika mallory mandy manuela mara marcella marcia marcy maren margaret margarita margaux margery
margot margret marguerite maria mariam mariana marianne maribel maricela marie marie-claire mariel marietta
marilyn marina marion marisa marisol marissa marit marjorie marla marlene marta martha martina mary maryam
maryann maryanne marzena matilda maud maude maura maureen mavis maxine maya mazie małgorzata meena megan
meghan megyn mei mei-ling melania melanie melba melinda melisa melissa mellie melody mercedes meredith meryl
mia michaela michele michelle michiko milagros mildred millicent millie mimi mina mindy minnie mira miranda
mireille miriam misty moira mollie molly mona monica monika monique muriel myra myrna myrtle nadia nadine nan
nancy nanette naoko naomi natalia natalie natasha naureen neha nell nellie nettie neva nia nichelle nicole
nicolette nikki nina nisha noelle nona noor nora noreen norma noura nydia octavia odessa olena olga olivia
oona ophelia oprah paige paloma pam pamela pansy paola patricia patrycja patsy patti patty paula pauline peggy
penelope penny petra philippa phoebe phyllis pia piper polly pooja portia priscilla priya prudence queenie
rachel ramona rania raquel rashida reba rebecca reem regina rekha rena renata renate renee reyna rhoda rhonda
ricki rihanna rima rita roberta robin rona ronda rosa rosalie rosalind rosalyn rosamund rosanna rose roseanne
rosemary rosetta rosie rosita rowena roxana roxanne ruth ruthie sabina sabine sabrina sade sadie safiya sahar
saira sally salma samantha samia samira sandra sandy saoirse sara sarah sasha scarlett selena selma serena
shana shanna shannon shari sharlene sharon sharron shauna shawna shayla sheila shelby shelley sheri sherri
sherrie sherry sheryl shirin shirley shona shonda shreya sienna sigrid silke silvia simona simone sinead
siobhan skye sofia soledad sonia sonja sonya sophia sophie soraya stacey staci stacie stacy starla stefania
stefanie stella stephanie sue sue-ann sunita susan susana susanna susannah susanne susie suzan suzanna suzanne
suzette suzy svetlana swati sybil sydney sylvia sylwia tabitha talia tamar tamara tami tamika tammi tammy
tanisha tanja tanya tara tasha tatiana tatum tawny teresa tess tessa thalia thea thelma theresa therese
tiffany tilda tillie tina toby-ann tonya tori tova tracy treva tricia trina trish trisha trudy twila tyra ulla
ulrike uma una ursula urszula ute valentina valeria valerie vanessa vanna velma venus vera verena verna
veronica vicki vickie victoria vikki viola violet violeta virginia vivian vivien wanda wendi wendy weronika
whitney whoopi wiesława wilhelmina willa willow wilma winifred winnie winona xiu yael yara yasmeen yasmin
yesenia ying yoko yolanda yolande yuki yulia yuliya yusra yvette yvonne zainab zara zelda zina zoe zofia zora
zuri zuzanna
"""

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
