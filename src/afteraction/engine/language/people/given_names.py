"""Given names over many cultures, as one signal among others that a word in running text is a person.

Knows names only, written for this project. Refuses to decide: a name that is also a word, a month, a place or a product
stands in `AMBIGUOUS` and needs a context that only people have.
"""

from __future__ import annotations

_CLEAR = """
    zdenek zdeněk anika hannes jorge valentina svetlana tinuade kwabena wanjiru nikos kiplagat hakan rashid njoroge
    achieng akinyi wambui kamau otieno mwangi nyambura chinwe ngozi obinna ikenna ifeoma oluwaseun temitope yetunde
    olumide kehinde taiwo abena efua kofi kojo yaw ama akua thandiwe sipho nomsa lerato tebogo mpho bongani zanele
    nkosana themba lindiwe amadou fatou ousmane mamadou moussa aminata ibrahima cheikh binta salif seydou hamza
    youssef khalid karim nadia samira leila yasmin yasmine rania salma hind soukaina zineb mehdi reda anouar tarek
    walid nabil hossam sherif mona dina heba rasha omar layla zahra maryam fatemeh reza hossein mahdi arman babak
    shirin parisa nasrin farzad kaveh behnam zoya rustam timur aziza nodira gulnara aigul dinara nurlan askar
    bolat yerlan oksana olena iryna volodymyr vasyl taras halyna mykola yuliya ludmila tatiana galina irina natalia
    oleg igor vadim yevgeny anatoly gennady stanislav vyacheslav zbigniew jadwiga malgorzata małgorzata katarzyna
    krzysztof grzegorz tomasz paweł łukasz mateusz maciej wojciech justyna ewelina zuzana jitka vendula radek
    ondřej ondrej jiří jiri vojtěch lubomír lubomir zdenka květa blanka milos miloš vladimír pavlína eszter zsófia
    zsofia balázs balazs gábor istván istvan lászló laszlo zoltán zoltan tamás tamas katalin ildikó réka bálint
    ioana andreea mihai bogdana răzvan razvan cătălin gheorghe horia doina simona ana-maria dragos dragoș tudor
    milica jelena dragana snezana nikola stefan bojan nenad zoran goran ivana tijana marija vesna davor hrvoje
    tomislav zlatko mirjana tanja sanja maja ksenija matej ales primož primoz tadej jure rok spela špela nejc
    kristīne inese ilze ainārs janis jānis rūta gintaras mindaugas vytautas jurgita rasa kaisa kadri tarmo priit
    jaan mart eero juhani mikko pekka jukka heikki tuomas sanna päivi paivi riikka anneli marjatta sigrid ingrid
    solveig ragnhild torbjørn torbjorn øystein oystein sindre håkon hakon eivind magnhild gunnhild turid knut
    haldor sigurd gudrun guðrún sigurður ólafur katrín einar þóra birna hrafn rasmus søren soren mette lærke
    kirsten asger bodil birthe inger gunnar lennart göran goran gunilla britt-marie pernilla torsten ulrika maarten
    joost jeroen sjoerd wouter marloes annemiek sanne femke liesbeth katrien griet wim geert lieve veerle
    ximena itzel citlali xochitl guadalupe rocio rocío maite nerea aitor iker unai amaia leire ainhoa jokin gorka
    joao joão thiago tiago rafaela thaís thais luana jussara raimundo edson wagner gilson cleiton vanderlei
    giuliana ottavia fiammetta lorenzo matteo niccolò ilaria federico simone
    rahul anjali priyanka sandhya lakshmi revathi karthik senthil murugan kavitha meenakshi subramanian venkatesh
    ramesh suresh mahesh ganesh dinesh rajesh mukesh naresh prakash sunita anita kiran nisha pooja sneha swati
    tanvi rohan rohit mohit sumit amrita harpreet gurpreet jaspreet manpreet simran balwinder farhana tahmina
    rezaul shafiq nusrat sadia imran zeeshan asma hina ayesha bilal usman saad kamran nadeem dilshan nimal sunil
    chaminda kumari thilini anusha priyantha bishal sujan sabina pema tenzin dorji sonam karma tashi
    nguyen thuy linh trang huong hoa lan mai tuan dung hieu khanh quang minh phuong thao nhung siti nurul ahmad
    rizal hafiz azlan faridah budi agus dewi putri wayan ketut made nyoman sri rina wahyu joko slamet bambang
    somchai somsak siriporn kanya niran preecha wichai malee anong chai jirapat maricel rowena jomar arnel
    rodel jericho lourdes corazon analyn hyunwoo junho minji jihoon sooyoung seojun minjun jiyeon eunji hyejin
    taehyung donghyun haruka takeshi kenta sho daiki yuto ren sakura misaki aoi nanami kaori naoko kazuko
    noriko yumi emi mayumi satoshi hiroshi kenji tetsuya masahiro tanaka suzuki sato yamamoto watanabe nakamura
    kobayashi ramirez vasquez lindqvist okonjo halvorsen haugland ortiz petrov ivanov kowalski nowak novak horvat
    nagy popescu papadopoulos yilmaz kaya demir ozturk khan singh patel sharma gupta iyer nair reddy
    fernandez gonzalez rodriguez hernandez martinez lopez garcia sanchez perez torres flores rivera gomez diaz
    morales gutierrez castillo chavez mendoza ruiz alvarez jimenez moreno romero aguilar santos oliveira silva
    pereira ferreira rodrigues almeida costa carvalho muller müller schmidt schneider fischer weber meyer wagner
    becker schulz hoffmann koch richter klein schröder neumann zimmermann krüger hofmann lehmann johansson
    andersson karlsson nilsson eriksson larsson olsson persson svensson gustafsson hansen jensen nielsen pedersen
    andersen christensen larsen sorensen rasmussen jorgensen dubois durand leroy moreau lefebvre fournier girard
    rossi russo ferrari esposito bianchi romano colombo ricci marino greco okafor okoye adeyemi adebayo mensah
    boateng mutua ochieng kimani njeri
    aarav aaron abbas abby abdel abdul abdullah abel abhishek abigail abraham adaeze adam adan adebayo adele
    adeline aditi aditya adnan adrian adriana adrien adwoa adán agata agnes agnieszka agustin agustín ahmad ahmed
    aidan aiden aiko aileen ainsley aisha aishwarya aisling ajay akash akhil akihiro akiko akira akosua akshay alan
    alana alasdair alba albert alberto alejandra alejandro aleksander aleksandr aleksandra aleksei aleksey alena
    alessandra alessandro alessio alex alexander alexandra alexandre alexandros alexandru alexei alexey alexis
    alfie alfonso alfred alfredo ali alice alicia alina alisa alison alistair allan allen allison alok alonso alva
    alvaro alyssa amadeo amal amanda amandine amar amara amelia amelie amina amir amit amparo amrit amy amélie ana
    anand ananya anastasia anders andre andrea andreas andreea andrei andrej andres andrew andrey andrii andrius
    andrzej andrés andy angela angelo angharad angus anil anirudh anita anja anjali anke ankit ankur ann anna
    annabel anne annegret annelies annette annie annika anselmo ansgar anthony antje antoine anton antonia antonio
    antony anuj anusha aoife araceli arash aravind archana ari ariane arianna ariel arif arjun arlene armando armin
    arnaud arne arnold artem arthur arturo arun arvid arvind asaf asha ashish ashley ashok ashwin ashwini asif
    astrid asuncion asunción atsushi aubrey audrey augustin aurelie aurelien aurelio aurélie aurélien axel aya
    ayako ayesha ayo ayse aziz aziza babatunde bao barbara baris barry bart bartek bartosz basma bastian bautista
    beate beatrice beatriz beau becky begona begoña belen belén ben benedict benedikt benito benjamin benny benoit
    benoît beppe bernadette bernard bernd bernhard bernie bertrand beth bethany betty bharat bhavesh bhavna bianca
    bilal billy birgit bjarne bjoern bjorn björn blake bob bobby bogdan boguslaw bohdan boris borja bozena brad
    bradley bram brandon braulio brecht brenda brendan brent bret brett brian bridget brigitte brittany bronwen
    brooke bruce bryan bryce burak burkhard cagla caitlin caleb callan callum calvin cameron camila camille candice
    cansu caoimhe carina carl carla carlo carlos carlota carmelo carmen carol caroline carolyn carrie carsten carys
    caspar catalin catarina catherine cathy catriona cecile cecilia cedric cees celia celine cem cesar chaitanya
    chandra charles charlie charline chau chen cheng cheryl chetan chiamaka chiara chidi chinedu chioma chloe chloé
    chris christa christel christelle christer christiaan christian christiane christina christine christl christof
    christoffer christoph christophe christopher christos christy chukwuemeka chun ciaran cillian cindy cinzia
    claire clara clarence claudia claudio claus clayton clemens clement clifford clive clément coen colette colin
    colleen concepcion concepción connie connor conny conor conrad constantin constanze consuelo corey corinna
    corinne cormac cornelia corrado cory cosimo costas courtney craig cristian cristiano cristina cuong curtis
    cyril cyrille cédric célia céline césar dafydd dagmar daichi daisuke dalia damian damien damon dan dana daniel
    daniela daniele danielle daniil danilo danny daphne dario darius dariusz darko darragh darrell darren darshan
    dave david davide dawid deb debbie debora deborah debra declan deepa deepak deepika deirdre dejan delphine
    denis denise deniz dennis denny derek derrick desmond detlef devika devin dhruv diane didier diego dieter
    dietmar dilip dilnoza dimitar dimitri dimitrios dimitris dina dinesh dirk divya divyansh dmitri dmitriy dmitry
    dmytrii dmytro dominic dominik dominique donald donatella donna doris dorothea dorothy dorte doug dougal
    douglas douwe dragan duc duncan dung dusan dustin dylan dörte eamon eamonn ebba eberhard ebru ebuka eckhard ed
    eddie edgar edgardo edith edmund edoardo eduard eduardo edward edwin eero efrain efraín eileen eilidh eirik
    elaine eleanor eleftheria eleni elfriede elias elif elijah elin elisa elisabeth elisabetta elise elizabeth elke
    ella ellen elliot elliott elmar elodie eloise eloïse elsa eluned elvira emanuel emanuele emeka emeric emil
    emilia emiliano emilie emilio emily emine emma emmanuel emmanuelle emre emrys encarna engelbert engin enrico
    enrique enzo eoghan eoin erdem erhan erhard eric erica erich erik erika erin ernest ernesto erwin eskil
    esperanza esteban estelle esther ethan etienne ettore eugene eugenia eugenio eusebio eva evan evaristo evelyn
    evert evgeny ewa ewan ewen fabian fabien fabienne fabio fabiola fabrice fabrizio facundo fadi faidon faisal
    farah farai farhan farid farida fatih fatima fatma fausto federica federico felicia felicity felipe felix femke
    ferdinand fergus ferhat fermin fermín fernanda fernando filip filipe filippo filomena finn fiona fionn flavio
    florencia florian folake frances francesca francesco francine francis francisca francisco franco francois
    frankie franz franziska françois frauke fred freddie frederic frederick frederik fredrik freja frida frieder
    friederike friedrich frits fritz frédéric gabi gabor gabriel gabriela gabriele gabriella gael gaelle gaetano
    gareth garth gary gaspar gaston gaurav gavin gaël gaëlle geert genevieve geneviève gennaro geoff geoffrey
    george georgi georgiana georgios gerald gerard gerardo gerd gerda gergely gergo gerhard gerlinde german germán
    gernot geronimo gertrud gerónimo gethin ghassan ghislain giacomo gianluca gianni giannis gijs gilbert gilberto
    gilles gina gino gioacchino giordano giorgia giorgio giovanna giovanni girolamo gisela gita giulia giulio
    giuseppe gizem gloria gokhan gonzalo gopal goran gordon gottfried graeme graham grainne graziella greg gregoire
    gregor gregorio gregory greta grzegorz gráinne grégoire grégory guadalupe gudrun gudula guenole guido guilherme
    guillaume guillermo gulsen gunnar gunter gunther gustav gustavo guus guénolé gwen gwenael gwilym gwyneth günter
    günther hadi hafiz haider hakan hakon halil halldor hamid hamish hamza hana hanan hannah hannelore hannes hanno
    hans hany harald hari harish harold harpreet harriet harsha hartmut haruki haruto hasan hassan hatice heather
    hector hedwig heidi heike heiko hein heiner heinrich heinz helen helene helga helmut hemant hendrik henk
    henning henri henrik henrike henry herbert herbie herman hermann hernan hernán herve hervé herwig hideki hideo
    hieu hilario hilary hilda hilde hildegard himanshu hinrich hiro hiroki hiroko hiroshi hisham hoang hoda holger
    holly horacio horst hortense howard huang hubert hugh humberto huong huseyin hussein huw huy hye hyun hyunwoo
    héctor hélène iain ian ibrahim ida ieuan ifeanyi ignacio igor ikram ilan ilaria ilenia ilias ilja ilka ilkka
    ilse ilya imke imran inaki indira ineke ines inga inge ingeborg ingo ingrid inigo inés irati irena irene irina
    irmgard isaac isabel isabella isabelle isak ishaan ishita isidro isla ismael ismail isolde itamar itay itziar
    ivan ivana ivo iwona iñaki jaakko jaako jaap jacek jacinto jackie jacob jacobo jacopo jacqueline jacques
    jadwiga jaewon jaime jake jakob jakub jamal james jamie jamila jana jane janet janice janine janis jannik jared
    jarek jarno jaroslav jaroslaw jasmin jason jaswinder javier javiera jayesh jazmin jazmín jean jeanette jeanne
    jeff jeffrey jelena jelle jen jenn jenna jennifer jenny jens jeremiah jeremie jeremy jeroen jerome jerry jerzy
    jesper jess jesse jessica jesus jethro jihoon jill jim jimena jimmy jin jing jiri jitendra jiwoo joachim joakim
    joan joana joanna joanne joao joaquin joaquín jocelyn jochem jochen jodi jody joe joel joerg johan johann
    johanna johannes john johnny joke jon jonas jonathan jonny joost jordi jorg jorge joris jorn jose joseba josef
    joseph josephine josh joshua josip josé jovana joyce joão juan juana juanita judith judy juergen jukka jules
    julian juliana julie julien juliet julieta juliette julio junaid jurgen jussi justin justine justyna jutta
    jyoti jyrki jérémie jérémy jérôme jörg jörn jürgen kacper kagiso kai kaisa kaitlin kaito kaj kaja kamal kamil
    kaori karel karen karim karima karin karina karl karla karol karolina karsten karthik karthikeyan kartik kasia
    kasper katarina katarzyna kate kateryna kath katharina katherine kathleen kathryn kathy katie katja katrin
    katrina katy kavita kavya kayla kazuki kazuo kees kei keiko keith kelly kelvin ken kenji kenneth kenny kenta
    kerem kerry kerstin kevin khadija khaled khalid khalil khanh kieran kim kimberly kiran kirill kirsi kirsten
    kirsty kishore kjell klaas klara klaus knut koen kofi koji konrad konstantin konstanze kordula kostas kris
    krishna kristaps kristen kristian kristin kristina kristof krystian krzysztof kumar kunal kurt kwabena kwame
    kwesi kyle kyoko kyriakos lachlan ladislav laetitia laila lakshmi lalit lamia larissa larry lars laszlo lata
    laura laurel lauren laurence laurene laurent laurie laurène layla lea leah leandra leandro leif leila lena
    lenka lennart leon leona leonard leonardo leonello leonid leonie leopold lerato leroy leslie leszek leticia
    letizia lewis liam liang lidia lieke lieven lilian liliana lina linda lindiwe lindsay lindsey linh linus lionel
    lisa liv liz lizzie ljubica llewelyn lloyd loic lois loredana lorena lorenz lorenzo loretta lori lorraine
    lothar lotte lou louis louise lourdes lowri loïc luana lubos luc luca lucas lucia lucian luciana luciano lucie
    lucien lucile lucy ludger ludovic ludwig luigi luis luisa luise luiz luka lukas lukasz luke lutz lydia lyn lynn
    lászló léa léo maaike maarten macarena maciej maddie madeleine madhav madhu mads mael maelle maeva maeve magali
    magda magdalena maggie magnus mahesh mahmoud mahmud mairi maite maja majid makoto maksym malcolm malcom
    malgorzata malik malin malte mandy manfred manish manja manoj manolito manolo manon manpreet manu manuel
    manuela marc marcel marcela marcelino marcelle marcello marcelo marcia marcin marco marcos marcus mareike marek
    maren margaret margarete margarita margaux margit margot maria mariana mariangela marianne mariano maribel
    maricarmen marie marielle marietta marija marijana marijke marijn marilyn mario marion marisa marisol marius
    mariusz marjan marjorie markku marko markus marlene marlies marlon marta martha marti martijn martin martina
    martine martín marvin marwan mary maryam masaki masato massimiliano massimo matej mateo mateusz mathew mathias
    mathieu mathilde matias matilda matjaz mats matt matteo matthew matthias matthieu mattia mattias matías maud
    maureen maurice mauricio maurizio mauro maxim maxime maximilian maximo maysa mayumi mazen maël maëlle maëva
    małgorzata mechthild meena megan megumi mehdi mehmet mei meike meinhard melanie melinda melissa merijn merja
    mert michael michaela michal michaël michał micheal michel michela michelangelo michele micheline michelle
    mickael midori mieczyslaw miguel mihai mika mikael mike mikhail mikkel mikko miklos milagros milan milena
    milica milos milosz mina mindy ming minh minho minjun minna mira miranda mireille miriam mirjam mirko miro
    miroslav mitch mitchell mithun mitsuru miłosz mladen mohamed mohammad mohammed mohan mohit mohsen moira molly
    mona monia monica monika monique montse montserrat morag morgane moritz morten moshe mounir muhammad mukesh
    mukunda murali murat muriel murray mustafa myriam máximo mélanie nabil nabila nacho nader nadia nadine nadir
    nadja nadya nahid najib nancy nandini nanna naoki naoko naomi narendra natacha natalia natalie natasha nate
    nathalie nathan nathaniel navin navneet neal nebojsa ned neeraj neha neil nele nell nelson nemanja nermin nga
    nghia ngoc ngozi nguyen nhung niall niamh nic nicholas nicky nico nicola nicolas nicole nicoletta nicolo
    nicolás nicolò niels nienke nieves nigel niilo nik nikhil nikita nikki niklas niko nikola nikolai nikolaj
    nikolaos nikolas nikolaus nikolay nilesh nils nina nino nisha nitin nkechi noah nobuo noel noelia noelle noemi
    noemie nomsa nora norbert noriko norman nour noémie nuno nunzio nuria nurlan obinna oceane octavio océane odile
    oisin oisín okan oksana ola olaf olav oleg oleksandr oleksii olena olga olha oliver olivia olivier olli ollie
    olumide oluwaseun omar omid omkar ondrej onur orazio orhan oriol orla orlando ornella osama oskar oskari osman
    ostap oswald othman ottavio ottmar otto outi owain owen oystein ozan ozgur pablo padraig pallavi paloma pamela
    panagiotis pankaj paola paolo parag parisa parth parveen pascale pascaline pasi pasquale patrice patricia
    patricio patrick patrik patrizia patrizio patryk patti paul paula paulina pauline paulo pavan pavel pavla pavlo
    pawel paweł pedro peggy pekka pepe perrine perry pete peter peteris petr petra petros petter phil philemon
    philip philipp philippa philippe phillip philémon phoebe phong phuc phuong pierluigi piero pierre pierrick piet
    pieter pieterjan pietro pilar pinar piotr pooja prabhu pradeep prakash pranav prasad prashant prateek pratik
    pratyush praveen predrag preeti priscilla priya priyanka przemek pádraig quang quentin quoc rachel rachele
    rachid radek radim radoslaw radovan radu rafael rafal rafał raffaele raffaella raghav raghu ragnar rahul
    raimund rainald rainer raj rajat rajeev rajesh raju rakesh ralf ralph ramesh ramon ramona ramya ramzi randall
    randy rani rania raphael raphaël raquel rasha rasheed rashid rashmi rasmus raul ravi raymond raúl rebecca reem
    regina rei reid reiko reinhard rekha remedios remi remko rena renata renate renato renaud rene renee renzo rené
    reza rhian rhiannon rhona rhys ricardo riccardo richard rick ricky rien rikard riley rima rina rishi rita ritu
    riyad roan robbie robert roberta roberto rocio rocío rod roderick rodney rodolfo rodrigo roel rogelio roger
    rohan rohit roisin roksana roland rolf romain roman romane romeo román ron ronald ronan ronny rory rosa rosalia
    rosalind rosalía rosanna rosario rosemarie rosie ross roxana roxanne roy ruaridh ruben rubén rudi rudiger
    rudolf rudy ruediger ruggero rui rupert russ russell rutger ruth ruud ryan ryo ryosuke ryota ryszard rémi
    róisín rüdiger saad saara sabatino sabina sabine sabrina sachin sadie saeed saif saki sakura saleh salim sally
    salman salvatore sam samantha sameer samia samir samira samuel sanaa sancho sandeep sander sandra sandrine
    sandro sangeeta sanjana sanjay sanjeev sanna santosh saoirse sara sarah sarika sarita sascha sasha saskia
    satish satoshi saurabh saverio savita sayaka saúl scott seamus sean seb sebastiaan sebastian sebastien sedat
    selim selin selma seojun serdar serena serge sergei sergej sergey sergi sergio sergiu serkan seth severine
    sevgi shadi shan shane shannon sharon shaun shauna shawn sheila shelley sherif sherine sherry shigeru shilpa
    shinichi shinji shiv shivani shlomi shlomo shona shota shreya shreyas shruti shubham sian siddharth siddhartha
    sidney siegfried sigmar signe sigrid sigurd silke silvan silvana silvia silvio simeon simon simona simone
    simonetta simran sinan sindre sinead siobhan sioned sipho sjoerd slawek slawomir slobodan smita sneha snezana
    snorri sofia sofie sofía soham solene solveig solène sonali sonia sonja soojin sophia sophie soren spiros
    srdjan srikanth srinivas sriram stacey stacy stan stanislav stanislaw stanley stavros stef stefaan stefan
    stefania stefanie stefano steffen steffi stephan stephane stephanie stephen steve steven stewart stig stijn
    stojan stu stuart stéphane subhash subramanian sudhir sujata suman sungmin sunil sunita suraj suresh susan
    susana susann susanna susanne sushma susie suzanne suzuki sven svenja sverre svetlana svitlana swantje swati
    sybille sylvain sylvestre sylvia sylvie séamus sébastien séverine søren tadas tadashi tadeusz tadhg taeyang
    takashi takeshi takumi takuya tamara tamas tamir tamás tanguy tanja tanvi tanya tapio tara taras tarek tariq
    tarja taro tarun tatiana tatsuya tatyana taylor ted teemu tejal tejas temitope tendai terence teresa terrence
    terri terry tetiana tetsuya teun thabo thais thandeka thandi thanh thao thaïs thea thekla thelma themba theo
    theodor theodore theodoros theophile theresa therese thibault thibaut thierry thies thijmen thijs thilo thomas
    thorsten thuy théo théophile tiago tibor tiffany tiina tijs tillmann tilman tilo tim timm timo timothy tina
    tineke titouan tiziana tiziano tjark tjeerd tobias toby todd tolga tom tomas tomasz tomek tommaso tommy
    tomohiro tomoko tomos tomoya tomás tomáš toni tony torben torge torsten toshiko tove tracey traci tracy trang
    transito traute trent trevor tricia trina trinh tristan tristane trond trudy trung tránsito tuan tuija tunde
    tuomas tushar tuyen tyler tymon uche uday udo ugolin ulf uli ulla ulli ulrich ulrika ulrike uma umar umberto
    umesh umut ursula urszula usha ute uwe vaclav vadim vaibhav val valentin valentina valentino valentín valeria
    valerie valerio valery valérie vandana vanessa varun vasile vasily vassilis vasu vasyl veikko venkat verena
    veronica veronika veronique verónica vesna vicenc vicente vicenç vicki vicky vidya viggo vijay vikas vikram
    viktor viktoria viktoriia vilhelm ville vinay vincent vincenzo vineet vinh vinod vipin virginie vishal vitalii
    vitaliy vito vittoria vittorio vivek vivian viviana vivien vlad vladimir volkan volker volodymyr víctor wael
    walburga waldemar walid wally walter waltraud wanda wanjiru warren wayne wendy wenzel werner wiebke wieland
    wieslaw wietse wiktor wilfried wilhelm willem willemijn william willy wilma wim winfried wladyslaw wojciech
    wolfgang wolfram wouter xabier xander xaver xavier xiao ximena xuan yael yan yann yannic yannick yannis
    yaroslav yash yasmin yasmine yasser yasuo yaw yehuda yentl yevgeny yiannis yigit yilmaz ylva yoan yoann yogesh
    yohan yohann yoko yolanda yosef yoshi yoshiko yossi yosuke youngho yousef youssef youssra ysabel yuan yuki
    yukiko yulia yuliia yumi yuna yuri yurii yusuf yuta yuto yuvi yuvipanda yves yvette yvonne zacarias zacarías
    zach zachary zack zahra zainab zanele zbigniew zdenek zeke zeljko zeynep zhang zhao zheng ziad zineb zoe zofia
    zoltan zoltán zoran zsolt zuzana élodie óscar úrsula łukasz željko
"""
# Names that are also words, months, places, languages or things: a person only where the context says so.
_DOUBTFUL = """
    abe ada al alexa amber angel anh apollo asher athena august austin avery avi bai bas basil bella beryl bill
    binh bliss bo bowie brandy brooklyn bruno bud cai carter casey cassandra catalina celeste chad chance charity
    charlotte chase chelsea chester chi chuck clair clark clay cliff clint clio cody cole colt cooper cruz daisy
    dale dang dao daria dat dawn dean diana dick dolores dominica don dora drake drew duke dusty dwight earl ebony
    elena eli emerson emery eve faith fang fei feng flynn forrest frank freya gao gemma gerrit grace grant griffin
    hai hal hank hao harley harper harry harsh harvey hazel helena henley herb hoa holm hong hu hua hudson hugo
    hunter ignite ira iris jack jackson jan jasmine jasper jay jed ji jia jian jie jo jordan joy jude julia jun
    june juno kang kat kay ke khoa kit kun lam lan lara latoya lee lei leo lex li lily lin lincoln ling liu logan
    loki lola lorca louie luna luo luz ma mack madison mae magnolia mai mallory marge mari marian marina mark
    marley marshall mavis max may maya mel melody mercedes merle mia mickey milad miles milo mimi minerva mo morgan
    moses myra nam nat nick ning norm nova octavia olive ophelia oscar oz paige parker pascal pat paxton pearl peg
    penelope peng penny phu piper polly porter preston qi qiang qing quan quinn raven ray reed reese rein remy rex
    rhea rie rio rob robin rocco rong rose rosemary rowan royce ruby sal sandy sang santiago saul sawyer saxon
    selena selene seo shelby sheldon shin shu shun sissy skye skyler sol sonny soo sora spencer stella sten su sue
    sung talia tam tanner tate tatum teddy tess thi tian tien toan tore travis trey trixie tung ty tyson ufuk ugo
    vance vaughn veit vera vernon vic victor victoria viet viola virgil vuk vy wade walker wang watson wei wen wes
    wesley will wilson winston won woody wren wyatt xin xu yang yara yen yi yin ying yong young yu yue yun zara
    zelda zhen zhi zhong zhou zhu zion
"""
CLEAR = frozenset(_CLEAR.split())
AMBIGUOUS = frozenset(_DOUBTFUL.split()) - CLEAR
