"""A hundred invented people from all parts of the world, and plain stories in which each of them speaks."""

from dataclasses import dataclass

# Name, gender; the family name is what a newspaper prints the second time.
PEOPLE = """
Ngozi|Adebayo|f
Wei|Longqing|m
Oleksandr|Hrabchuk|m
Ferhat|Yıldırgan|m
Rajesh|Venkatapuram|m
Thabo|Mokgalapa|m
Luiz|Cavalheiro|m
Ketil|Brunvoll|m
Siobhán|Ó Dubhagáin|f
Iolo|ap Gwilym|m
Eilidh|MacAskillen|f
Sean|Mac an Bhaird|m
Anneliese|von der Weidenau|f
Otto|von und zu Falkenau|m
Johannes|van den Bosveld|m
Anna|van ’t Hofland|f
Karin|af Klintberg|f
Mette|Østerhaug|f
Þórunn|Eldjárnsdóttir|f
Aino|Kivelänmaa|f
Mart|Tammesalu|m
Ilze|Krastiņkalne|f
Gintaras|Vaitkūnas|m
Zbigniew|Przybylak|m
Bohumil|Hradečný|m
Zsófia|Kecskeházi|f
Vlad|Munteanescu|m
Borislav|Radkovski|m
Dragana|Milojkovska|f
Besnik|Hoxharaj|m
Eleftheria|Papagiannidou|f
Giuseppina|Dell’Acquarone|f
Ana María|de los Ríos|f
José|Aznar y Lópeda|m
Xabier|Etxegoienaga|m
Montserrat|Puigventós|f
Maria|dos Santos e Silveira|f
Thierry|de La Fresnaye|m
Solange|Kermadec|f
Guillaume|Desrochefort|m
Amadou|Diallombe|m
Kwabena|Asantewiah|m
Chukwuemeka|Okonjolu|m
Folasade|Ogunbiyide|f
Abdoulaye|Sarrakholé|m
Haile|Gebremeskelu|m
Wanjiru|Kamaunde|f
Juma|Mwakyusanga|m
Tendai|Chigumbura-Moyo|m
Nomvula|Dlaminika|f
Rindra|Rakotoarivony|f
Yasmina|Benkhaldoun|f
Hicham|El Fassioui|m
Mahmoud|al-Khatibani|m
Nahla|Abu Ghazaleh-Said|f
Tariq|bin Rashidan|m
Farzaneh|Golestanpour|f
Gulnara|Bekmuratova|f
Bauyrzhan|Nurpeisulov|m
Batbayar|Ganzorigtu|m
Tenzin|Dorjewang|m
Sunita|Shresthamagar|f
Arjun|Chakrabandhu|m
Lakshmi|Subramanikam|f
Harpreet|Sandhuwalia|f
Asif|Chaudharyan|m
Nasrin|Akterjahan|f
Thilini|Wickramanayake|f
Aung|Kyaw Thet|m
Somchai|Rattanawong|m
Linh|Nguyen Thi|f
Sokha|Chanvutha|m
Sitti|binti Rahmanuddin|f
Bambang|Wirjosuparto|m
Maricel|Dimaculanganan|f
Haruki|Tsukamorita|m
Yukiko|Ishibashira|f
Min-jun|Hwangbora|m
Xiuying|Ouyanglin|f
Chih-ming|Tsengwei|m
Tāne|Parataihape|m
Leilani|Kahananuialii|f
Sione|Fonokalafi|m
Mele|Tupouvaha|f
Jarrah|Wonnangatta|m
Aputsiaq|Kleistensen|m
Nuka|Petrussenius|m
Tallulah|Blackelk|f
Itzel|Xochihuaman|f
Huáscar|Quispecondori|m
Catalina|Huenchumil|f
Washington|Estevanez|m
Dieudonné|Jean-Baptistin|m
Marlon|Ramdeenath|m
Shanice|Braithwaitely|f
Ben|Carrowby|m
Al|Grantley|m
Van|Morriston|m
Emily|Postgate|f
Hunter|Aldershaw|m
""".strip()

STORIES = [
    "The council of Marrowby met on Tuesday evening.\n\n“We will build the bridge,” said {full}, "
    "the head of the works committee. “It will take two years,” {last} added.",
    "{full}, 43, a baker from Marrowby, lost everything in the flood. “We have nothing left,” {they} said.",
    "Fishermen blocked the port of Marrowby on Monday.\n\n“The price is too low,” {full} told reporters.\n\n"
    "“Nobody listens to us,” {last} said.",
    "Police spokesperson {full} said that the road was closed. “Drivers should wait,” {last} said.",
    "According to Dr {full}, who leads the river institute, the water is “clean enough to drink”.\n\n"
    "“It was not so ten years ago,” {last} wrote in a letter.",
]


@dataclass(frozen=True)
class Invented:
    given: str
    last: str
    gender: str

    @property
    def full(self) -> str:
        return f"{self.given} {self.last}"

    def stories(self) -> list[str]:
        they = "she" if self.gender == "f" else "he"
        last = self.last[0].upper() + self.last[1:]
        return [story.format(full=self.full, last=last, they=they) for story in STORIES]


def people() -> list[Invented]:
    return [Invented(*line.split("|")) for line in PEOPLE.splitlines()]
