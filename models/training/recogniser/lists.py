"""Word lists for the sentences that a chaired meeting adds to everyday talk.

Names are spread over many cultures on purpose: meetings are full of names, and a recogniser that has
met only one kind spells the rest badly.
"""

FIRST_NAMES = """
Aaron Abdul Abigail Adaeze Adam Adriana Agnes Ahmed Aisha Akira Alan Alejandro Alice Alistair Amara Amelia Amina
Amir Ananya Anders Andrea Andrew Angela Anika Anna Anthony Antonio Anya Arjun Arthur Asha Astrid Audrey Ayesha Barbara
Beatrice Benjamin Bernard Bianca Blessing Boris Brandon Brenda Brian Bridget Bruno Callum Camila Carla Carlos Carmen
Caroline Catherine Cecilia Chang Charles Charlotte Chiara Chidi Chloe Christian Christine Claire Clara Colin Connor
Cristina Daisuke Daniel Daniela David Deborah Deepak Denise Dennis Derek Diana Diego Dimitri Dmitri Dominic Donald
Dorothy Duncan Edith Edmund Edward Eileen Ekaterina Elena Eleanor Elif Elizabeth Ella Emeka Emily Emma Eric Erik Esther
Eva Evelyn Fatima Felix Fiona Florence Frances Francesca Francis Frank Frederick Gabriel Gareth Gavin Geoffrey George
Gerald Giorgio Giulia Gloria Gordon Grace Graham Greta Gustavo Hamish Hannah Hannes Hans Harold Harriet Harry Hassan
Heather Hector Helen Helena Henrik Henry Hiroshi Howard Hugo Ian Ibrahim Ifeoma Imogen Indira Ines Ingrid Irene Irina
Isaac Isabel Ivan Jacob Jacqueline James Jamila Jane Janet Jasmine Jason Javier Jean Jennifer Jeremy Jessica Jin Joan
Joanna Johan Johannes John Jonas Jonathan Jorge Joseph Josephine Joshua Joyce Juan Judith Julia Julian Jun Karen Karim
Karl Kate Katarina Keith Kelechi Kenji Kenneth Kevin Khalid Kofi Kwame Lakshmi Lars Latoya Laura Lauren Lawrence Layla
Leila Leo Leon Leonard Leticia Liam Lin Linda Lisa Lorenzo Louis Louise Lucas Lucia Lucy Luis Luka Lydia Madeleine
Magnus Malcolm Malik Manuel Marcus Margaret Maria Mariana Marie Marina Mario Mark Marta Martha Martin Mary Mateo
Matthew Maureen Maya Mei Mehmet Melissa Michael Michelle Miguel Mihai Milan Miriam Mohammed Monica Moses Musa Nadia Nadine Naomi
Natalia Natasha Nathan Neil Ngozi Nicholas Nicole Nigel Nikhil Nina Noah Noor Nora Olga Olivia Oliver Olu Omar Oscar Owen
Pablo Pamela Patricia Patrick Paul Paula Pavel Pedro Penelope Peter Petra Philip Pierre Priya Rachel Rafael Rahul Raj
Ralph Ramona Rashid Raymond Rebecca Renata Richard Rita Robert Roberto Robin Rohan Roland Rosa Rose Rosemary Rowan Ruth
Ryan Sabine Said Salma Samantha Samir Samuel Sandra Sanjay Sara Sarah Scott Sean Sebastian Selma Sergio Shanice Sharon Sheila
Shirin Silvia Simon Siobhan Sofia Sonia Sophie Stefan Stella Stephanie Stephen Steven Stuart Sunita Susan Svetlana Sven
Tamara Tanya Tariq Tatiana Temi Teresa Thandiwe Theodore Theresa Thomas Tiago Timothy Tobias Tomas Tony Tracy Ursula Valentina
Valerie Vera Veronica Victor Victoria Vikram Vincent Virginia Viktor Walter Wanjiru Wei Wendy William Winston Xavier
Xin Yasmin Yuki Yusuf Yvonne Zainab Zara Zeynep Zoe Zofia
""".split()

LAST_NAMES = """
Abara Abbott Abdullah Adams Adebayo Adeyemi Agarwal Aguilar Ahmed Alderton Ali Allen Almeida Alvarez Andersen Anderson
Andrews Appiah Araujo Archer Armstrong Arnold Ashworth Atkins Ayala Baker Banerjee Barker Barnes Barrett Bates Bauer Becker Bell
Bello Bennett Berg Bergstrom Bianchi Bishop Black Blackwell Blake Booth Bowen Boyd Bradley Brandt Brennan Brooks Brown
Bryant Burke Burns Butler Byrne Calderon Cameron Campbell Cardoso Carlson Carpenter Carroll Carter Castillo Castro
Chandra Chang Chapman Chatterjee Chavez Chen Cheng Chowdhury Christensen Clark Clarke Cohen Coleman Collins Conti Cooper
Costa Cox Crawford Cruz Cunningham Dalton Das Davidson Davies Davis Dawson Delgado Desai Diallo Diaz Dixon Dlamini
Dominguez Donovan Doyle Dubois Duncan Dunn Duarte Edwards Ekwueme Ellis Eriksen Eriksson Espinoza Evans Farah
Farrell Ferguson Fernandes Fernandez Ferrari Fischer Fisher Fitzgerald Fleming Fletcher Flores Forbes Ford Foster Fox Franklin Fraser
Friedman Fuentes Fujimoto Gallagher Garcia Gardner Garrett Ghosh Gibson Gilbert Gill Gomez Gonzalez Gordon Graham Grant Gray Green
Greene Griffin Griffiths Gupta Gutierrez Haddad Hall Hamilton Hansen Harding Harper Harris Harrison Hart Harvey Hassan Hayashi
Hayes Henderson Hernandez Herrera Hill Hoffman Holland Holloway Holmes Holt Hoover Hopkins Horvat Howard Huang Hughes Hunt Hunter Hussain
Hussein Hutchinson Ibrahim Igwe Ismail Ito Ivanov Iyer Jackson Jacobs Jacobsen James Jansen Jenkins Jensen Jimenez Johansson Johnson
Johnston Jones Jordan Joshi Kamau Kang Kapoor Kato Kaufman Kaur Kelly Kennedy Khan Kim King Kipkemboi Klein Knight Kobayashi
Koch Kovacs Kowalski Kruger Kumar Kuznetsov Lambert Larsen Larson Lawson Leblanc Lee Lehmann Leroy Lewis Li Lim Lindberg Lindqvist Liu
Lloyd Lopez Lowe Lucas Lynch MacDonald Mackenzie Maguire Mahmoud Malik Mandela Marino Marsh Marshall Martin Martinez Mason Matsumoto Matthews
Maxwell Mbeki McCarthy McDonald McGrath McKenzie McLean Medina Mehta Mendes Mendoza Mensah Meyer Miller Mills Mitchell
Mohamed Molina Moore Morales Moreau Moreno Morgan Morris Morrison Moyo Mueller Mukherjee Murphy Murray Musa Mwangi Nair Nakamura
Navarro Ndlovu Nelson Newman Nguyen Nichols Nielsen Nkosi Novak Nwosu Obi Obrien Ochieng Odhiambo Ogawa Okafor
Okeke Okoro Oliveira Olsen Olson Ortega Ortiz Osborne Osei Otieno Owens Owusu Palmer Park Parker Parsons Patel Paterson Pearce Pedersen Pereira
Perez Perkins Perry Peters Petersen Petrov Pham Phillips Pierce Pinto Popov Porter Powell Prasad Price Qureshi Rahman Ramirez Ramos Rao Reddy
Reed Reid Reilly Reyes Reynolds Ribeiro Richards Richardson Riley Rivera Roberts Robertson Robinson Rodriguez Rogers Romano Romero Rose
Ross Rossi Rousseau Russell Ryan Saito Salazar Sanchez Sanders Santos Sato Schmidt Schneider Schroeder Schwartz Scott Sen Shah Shapiro Sharma Shaw
Shepherd Sheridan Silva Simmons Simpson Singh Sinclair Skinner Smith Sokolov Soto Spencer Stanley Stephens Stevens Stewart Stone
Strand Sullivan Suzuki Svensson Takahashi Tan Tanaka Taylor Tembo Thomas Thompson Thomson Thornton Torres Tran Tucker Turner Underwood Usman Valdez Van Vargas
Vasquez Vega Vogel Volkov Wagner Walker Wallace Walsh Walters Wang Ward Warner Watanabe Waters Watkins Watson Weaver Webb Weber Webster Wells West Wheeler
White Whitfield Williams Williamson Wilson Winter Wood Woods Wright Wu Xu Yamada Yamamoto Yang Yilmaz Young Yusuf Zhang Zhao Zhou Zimmerman
""".split()

NAME_STARTS = "Al Ash Bar Bel Ber Bran Cal Car Dal Dav El Fen Fair Gal Gar Hal Har Hol Jan Kar Kel Lan Lin Mar Mel Mor Nor Os Per Ral Ros Sal Ser Stan Tal Tor Val Ver Wal Wes Win Zan".split()
NAME_ENDS = "ach ado ak ami anda ano ard aro ata berg bury by combe dale den der dez don elli ens er escu field ford gate grave ham hurst ic ide ington ini ita ko land ley low man mann mer mont more ner nev ney o ola ova ovic owski ridge sen shaw skaya son stad stein stone sworth tan ton uchi vale vik ville wick win wood worth".split()

PLACES = """
Aberdeen Accra Adelaide Alberta Amsterdam Athens Auckland Baltimore Bangalore Barcelona Belfast Berlin Birmingham Bogota
Bologna Boston Brazil Brighton Bristol Brussels Cairo Calgary California Cambridge Canada Cardiff Chicago Chile Colombia
Copenhagen Cornwall Cumbria Dakar Delhi Denmark Denver Devon Dublin Durham Edinburgh Essex Estonia Ethiopia Finland
France Geneva Germany Ghana Glasgow Greece Halifax Hamburg Helsinki Houston India Indonesia Ireland Istanbul Italy
Jakarta Japan Kampala Kent Kenya Kigali Lagos Lancaster Leeds Leicester Lima Lisbon Liverpool London Lyon Madrid Malawi
Manchester Manila Manitoba Melbourne Mexico Milan Minnesota Montreal Mumbai Nairobi Naples Nepal Netherlands Newcastle
Nigeria Norfolk Norway Nottingham Ohio Ontario Oslo Ottawa Oxford Paris Perth Peru Poland Portland Porto Portugal
Prague Quebec Queensland Reading Rome Rotterdam Rwanda Scotland Seattle Senegal Seoul Sheffield Singapore Somerset
Spain Stockholm Suffolk Sussex Sweden Sydney Tanzania Texas Tokyo Toronto Turin Uganda Utrecht Valencia Vancouver
Vienna Vietnam Wales Warsaw Wellington Yorkshire Zambia Zurich
""".split()

ORG_STARTS = """
National Northern Southern Eastern Western Central European International Global Rural Coastal Urban Regional Open
Digital Public Civic United Independent Harbour Riverside Lakeside Meadow Highland Midland Valley Northgate Westfield
Greenway Bluebell Oakwood Silverline Bright Common Clear Fair Royal Federal Community People's Lighthouse Beacon Summit
Bridge Atlas Pioneer Horizon Orchard Willow Kestrel Heron Compass Anchor
""".split()

ORG_TOPICS = """
Health Housing Water Energy Climate Transport Education Research Library Archive Heritage Food Farming Forestry Fishing
Media Data Technology Justice Legal Policy Labour Youth Women's Disability Veterans Arts Culture Museum Music Sports
Tourism Trade Finance Savings Insurance Safety Nursing Medical Veterinary Animal Wildlife Nature Conservation Recycling
Engineering Planning Land Statistics Language Refugee Care Cancer Dementia Maternity Learning Skills Innovation Software
""".split()

ORG_ENDS = """
Trust Foundation Institute Council Association Society Network Alliance Agency Authority Board Centre College Coalition
Commission Committee Cooperative Federation Forum Fund Group Initiative Laboratory Ministry Office Partnership Project
Service Union University Department Collective School Bank Observatory Charity
""".split()

ROLES = """
chair|vice chair|director|deputy director|executive director|chief executive|chief scientist|president|vice president|
secretary|treasurer|professor|associate professor|senior lecturer|lecturer|research fellow|head of policy|head of research|
head of communications|programme manager|project lead|policy adviser|senior adviser|coordinator|campaigner|engineer|
data scientist|librarian|archivist|editor|journalist|nurse|consultant|economist|statistician|solicitor|councillor|minister|
commissioner|founder|cofounder|trustee|moderator|general secretary|regional manager|community organiser|analyst|
principal investigator|managing director|chief operating officer|chief medical officer|outreach officer|planner
""".replace("\n", "").split("|")

TOPICS = """
flood defences|clean water|rural broadband|public libraries|open data|school meals|bus services|night trains|heat pumps|
home insulation|air quality|urban trees|soil health|river restoration|fishing quotas|hospital waiting times|mental health|
vaccination|community nursing|digital skills|adult literacy|language teaching|teacher training|museum collections|
local news|press freedom|data protection|machine learning|speech recognition|accessible websites|procurement|tax reform|
social housing|rent control|planning law|housing standards|food banks|recycling|plastic waste|battery storage|wind farms|
solar panels|tidal power|cycling lanes|road safety|harbour safety|coastal erosion|wildfire risk|drought|migration|
refugee support|youth work|elder care|disability rights|fair pay|working time|apprenticeships|small businesses|
cooperative ownership|citizen science|statistics|census data|election monitoring|peace building|emergency planning|
volunteering|grant funding|charity law|heritage buildings|music education|sports facilities|allotments|pollinators
""".replace("\n", "").split("|")

MONTHS = "January February March April May June July August September October November December".split()
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
TITLES = ["Dr.", "Professor", "Mr.", "Mrs.", "Ms.", "Councillor", "Minister", "Sir", "Dame"]
EVENTS = "workshop|webinar|conference|annual meeting|summer school|consultation|public hearing|training day|seminar|book launch|open day|site visit|lecture|round table|exhibition".split(
    "|"
)
THINGS = "report|survey|study|trial|pilot|project|review|consultation|paper|guide|toolkit|map|register|newsletter|budget|strategy|campaign|proposal|dataset|petition".split(
    "|"
)
GROUPS = "households|schools|hospitals|members|volunteers|farmers|patients|students|residents|families|councils|teachers|nurses|drivers|businesses|people|tenants|visitors|workers|children|respondents|libraries|towns|villages|villagers|boats".split(
    "|"
)
