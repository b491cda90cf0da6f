"""Given names and the gender they tell, of all languages together: names travel."""

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

MEN = POLISH_MEN + GERMAN_MEN + OTHER_MEN + ENGLISH_MEN
WOMEN = POLISH_WOMEN + GERMAN_WOMEN + OTHER_WOMEN + ENGLISH_WOMEN
GIVEN = {**dict.fromkeys(MEN.split(), "m"), **dict.fromkeys(WOMEN.split(), "f")}
