"""Makes what the lint of free text knows of names: src/kontaktnat/freetext/{given,family,places}.txt.

    npm pack dictionary-sv && tar xzf dictionary-sv-*.tgz         (the Swedish spelling dictionary, LGPL)
    .venv/bin/python -m pip install --target FOLDER faker         (lists of names per country, MIT)
    .venv/bin/python tools/make_names.py FOLDER package/index.dic

Of the dictionary only this goes in: which names are words of everyday Swedish, too ("Bo", "Inga"). They are
marked with `*`: a name, but none by itself where it begins a sentence. What neither has is typed in below.
"""

from __future__ import annotations

import csv
import importlib
import re
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "src" / "kontaktnat" / "freetext"
MUNICIPALITIES = ROOT / "plugins/kontaktnat-sweden/src/kontaktnat_sweden/data/municipalities.csv"

NEAR = ["sv_SE", "fi_FI", "da_DK", "no_NO"]
FAR = """
is_IS en_IN en_NG en_KE pl_PL tr_TR hr_HR de_DE en_GB en_US es_ES fr_FR it_IT nl_NL pt_PT ro_RO hu_HU cs_CZ
sk_SK sl_SI et_EE lt_LT lv_LV az_AZ uz_UZ
"""
GIVEN = [*NEAR, *FAR.split()]
FAMILY = [*NEAR, "hr_HR", "tr_TR"]

SWEDISH = """
Aina Albin Alexander Alexandra Algot Alice Allan Alma Alva Amanda Anders Andreas Anette Anita Ann Anna
Anna-Karin Anneli Annie Annika Anton Arne Arvid Astrid August Axel Barbro Beatrice Bengt Berit Bernt Bert
Bertil Birger Birgit Birgitta Bjarne Björn Bo Boel Britt Britta Börje Camilla Carina Carl Carola Carolina
Caroline Cassandra Catarina Cecilia Charlie Charlotta Charlotte Christel Christer Christian Christina
Christoffer Clara Claes Conny Cornelia Dag Dagny Daniel Daniella David Denise Dennis Desirée Ebba Edith
Edvin Edward Egil Einar Elias Elin Elina Elis Elisabet Elisabeth Ella Ellen Ellinor Elliot Elof Elsa Elvira
Emanuel Emelie Emil Emilia Emma Emmy Enar Erik Erika Erland Ernst Esbjörn Eskil Ester Eva Evelina Evert Fabian
Fanny Felicia Felix Filip Filippa Folke Frans Fredrik Fredrika Frej Freja Frida Fritjof Gabriel Gabriella
Georg
Gerd Gerda Gertrud Gisela Glenn Gottfrid Greger Greta Gudrun Gull Gulli Gun Gunborg Gunhild Gunilla Gunnar
Gunnel Gunvor Gusten Gustaf Gustav Göran Gösta Göte Hampus Hanna Hanne Hans Harald Harriet Harry Hasse Hedda
Hedvig Helen Helena Helene Helge Helmer Henning Henny Henric Henrik Henry Herbert Herman Hilda Hillevi Hilma
Hjalmar Holger Hugo Håkan Ida Idun Inez Ines Inga Inga-Lill Ingeborg Ingegerd Ingela Ingemar Inger Ingmar
Ingrid Ingvar Irene Iris Irma Isabell Isabella Isabelle Isac Isak Ivan Ivar Jack Jacob Jakob Jan Jan-Erik
Jan-Olof Janne Jannike Jasmine Jeanette Jens Jennifer Jenny Jerker Jerry Jesper Jessica Jill Jim Jimmy Joakim
Joanna Joel Johan Johanna Johannes John Johnny Jon Jonas Jonatan Jonathan Jonna Josef Josefin Josefina
Josefine
Judith Juliette Julia Julius Junior Juni Justus Jörgen Kaj Kajsa Kalle Karin Karl Karla Karolina Kasper
Katarina
Katharina Katja Kennet Kenneth Kenny Kent Kerstin Kevin Kicki Kim Kjell Klara Klas Klaus Knut Konrad Krister
Kristian Kristin Kristina Kristofer Kristoffer Kurt Kåre Lage Lars Lasse Leif Leila Lena Lennart Lennox Leo
Leon
Leopold Levi Liam Lilian Lilly Lina Linda Linn Linnea Linnéa Linus Lisa Lisbet Lisbeth Lisen Liselott
Liselotte
Liv Loke Lotta Louise Lova Love Lovisa Lovis Lowe Lucas Ludvig Lukas Lydia Lykke Madeleine Magdalena Magnus
Mai Maj Maja Majken Maj-Britt Malin Malte Manne Marcus Margareta Margareth Margit Maria Marianne Marie
Marika Marina
Marit Markus Marlene Martin Martina Mats Mattias Max Maximilian Melinda Melissa Melker Melvin Merit Micael
Mikael
Mia Michaela Micke Mikaela Milla Milo Milou Milton Mimmi Miranda Miriam Moa Mona Monica Monika Morgan Moses My
Måns Märit Märta Mårten Nancy Nanna Natalia Natalie Natanael Nathalie Nicklas Niclas Nicole Nicolina Niklas
Nikolaj
Nils Nina Noa Noah Noel Noomi Nora Nova Ola Olaf Oliver Olivia Olle Olof Olov Olga Oscar Oskar Osvald Otto
Ove Owe
Patricia Patrik Paula Pauline Pelle Per Per-Olof Pernilla Peter Petra Petter Philip Pia Pierre Pontus Pär
Ragna
Ragnar Ragnhild Ralf Rasmus Rebecca Rebecka Regina Reine René Richard Rickard Rikard Rita Robert Robin
Roger Roine
Roland Rolf Ronja Ronny Roos Rosanna Roy Ruben Rune Rut Ruth Sabina Saga Sally Salome Samuel Sandra Sanna Sara
Sebastian Selma Set Sigfrid Sigge Signe Sigrid Sigurd Sigvard Simon Simone Sissela Siv Sivert Sixten Sofia
Sofie Solveig Sonja
Sonny Staffan Stefan Stella Sten Stig Stina Sture Sune Susann Susanna Susanne Svante Svea Sven Sven-Erik
Sverker
Sylvia Sören Tage Tania Tea Teodor Terese Teresia Thea Theo Theodor Therese Therése Theresia Thomas Thor
Thorbjörn
Thure Tilda Tilde Tilia Tim Timmy Tina Tindra Tobias Tom Tomas Tommy Tony Tor Torbjörn Tord Tore Torgny
Torkel Torsten Torvald Tova Tove Tryggve Ture Tuva Tyra Tyr Ulf Ulla Ulla-Britt Ulrik Ulrika Unni Urban Ursula
Uno Valdemar Valentin Valter Vanja Vega Vendela Vera Verner Veronica Veronika Victor Victoria Vidar Viggo
Viking Viktor Viktoria Vilgot Vilhelm Viljo Ville Vilma Vincent Viola Viktoria Virginia Vivi Viveka Vivianne
Walter Wilhelm William Willy Wilma Wilmer Yngve Ylva Yvette Yvonne Zackarias Zacharias Åke Åsa Åse Örjan Östen
Egon Göta Hildur Tyko Sakarias Zakarias Alvar Artur Arthur Assar Botvid Dagmar Ebbe Edla Eivor Elna Elsie
Elly Evald Ewald Fritz
Gideon Gotthard Gunde Gurli Götha Halvar Hardy Hildegard Hulda Ingalill Ingbritt Inge Ingolf Irja Iwan Jerk
Jöns Jörn Kettil Kjerstin Kuno
Lambert Laila Lave Lillemor Magda Malvina Maud Mauritz Mildred Märtha Naima Nanny Nore Odd Oddvar Orvar
Petrus Ragnvald Runar Seth
Sigbritt Signhild Sigvald Siri Solbritt Solvig Solvei Sophia Sylve Sölve Thorvald Thyra Torun Torborg Tula
Ulrica Valborg Valfrid Vivan Waldemar
Werner Wiggo Wivianne Zeth Ödgerd Adrian Aron Albert Alfons Alve Amadeus Ariel Atle Bella Bianca Bonnie
Chloe Cleo Colin Dante Dexter
Disa Eddie Edda Elton Ellie Elise Ellis Embla Enya Estelle Eveline Flora Frank Freddie Frode Gry Helmi
Heidi Ilse Ina Iben Isa Ivy Jaana Jamie
Joar Joline Josephine Juno Kira Leia Lexi Lias Loui Louie Lou Luna Luca Maximus Meja Melina Melody Mio Mika
Milian Mira Molly Nathan Neo Nicolas
Nikki Noelle Otis Penny Pim Ralph Rio Rosa Sam Sander Sid Thilda Theodora Tilly Tommie Troy Tuvali Uma
Valerie Vide Vince Vinga Wille Winston Ymer
Zoe Zoey Zelda Ziggy Ragnfrid Göthe Folkvard Ansgar Anund Björne Bure Eldar Fjodor Hemming Kjartan Leidulf
Njord Torgils Sivan Tryggvi
Jokke Kurre Lillan Lisbet Nettan Ninni Nippe Poppe Sessan Sebbe Snorre Tage Tjorven Tompan Jossan Julle
Kattis Jeppe Fimpen Anki Ronnie Conny
Jocke Tobbe Kalle Pelle Nisse Lasse Bosse Sussie Anki Ankan Benke Danne Fredde Gurra Jompa Krille Lelle Linkan
Lollo Mackan Maggan Niffe Pirre Putte Robban Sigge Stoffe Svenne Totte Tompa Uffe Ubbe Viggo Vigge Abbe
Adde Affe
"""
ARABIC = """
Abbas Abd Abdallah Abdalla Abdel Abdelkader Abdelkarim Abdelrahman Abdul Abdulaziz Abdulkarim Abdullah Abdulla
Abdulrahman Abed Abir Abo Abu Adam Adel Adham Adnan Afaf Ahlam Ahmad Ahmed Aida Aisha Aischa Akram Alaa Ali
Alia
Alya Amal Aman Amani Amar Amer Amin Amina Aminah Amine Amir Amira Ammar Anas Anwar Arwa Asad Asma Asmaa Assad
Assil Ayah Ayman Ayoub Ayub Ayya Aziz Aziza Bachir Baha Bakr Bashar Bashir Basim Basel Basma Bassam Bassem
Batoul Bayan Bilal Boushra Bushra Dalal Dalia Dana Dania Dina Diaa Dima Dua Doaa Elham Eman Eyad Ezz Fadi
Fadia Fadwa Fahad Fahd Faisal Faiza Farah Fares Faris Farouk Fatema Fatima Fatma Fatimah Fawaz Fawzi Faysal
Feras Firas
Fuad Fouad Ghada Ghaith Ghassan Ghazal Habib Habiba Hadi Hadil Hafsa Haidar Haider Haifa Haitham Hajar Hakim
Hala Halima Hamad Hamdi Hamid Hamida Hamoudi Hamza Hana Hanaa Hanan Hani Hania Hareth Haroun Hasan Hashem
Hashim
Hassan Hatem Hayat Haya Hazem Heba Hiba Hicham Hind Hisham Houda Huda Husam Hussam Hussain Hussein Husni
Ibrahim Ibtisam
Idris Ihab Ihsan Ikram Ilham Iman Imad Imane Imran Intisar Isam Isma Ismail Ismael Issa Issam Iyad Jaber
Jabir Jad
Jafar Jalal Jamal Jameel Jamil Jamila Jamilah Jana Jasem Jasim Jassim Jawad Jihad Jihan Joud Juma Kadhim
Kamal Kamel
Karam Karim Karima Kassem Kawthar Khadija Khaled Khalid Khalil Khaldoun Khawla Kinan Kinda Lamia Lamis Latifa
Layal Layan Layla Leen Leila Lubna Lina Loubna Luay Lujain Maha Mahdi Maher Mahmoud Mahmud Mai Majd Majda
Majed Majid
Malak Malek Malik Malika Manal Manar Maram Mariam Mariem Marwa Marwan Maryam May Maya Mazen Mehdi Meryem
Mina Moayad
Modar Moez Mohamad Mohamed Mohammad Mohammed Mohanad Mohannad Mona Monther Mostafa Mouhamad Mounir Mouna
Moussa
Muath Mudar Muhamad Muhamed Muhammad Muhammed Muhanad Muna Munir Munira Murad Murtada Musa Mustafa Muthanna
Nabil Nabila Nada
Nader Nadia Nadim Nadine Nael Nahed Nahla Najat Najib Najla Najwa Nasir Naser Nasser Nashwa Nasim Nasr
Nassim Nawal Nawras
Nazar Nedal Nidal Nibal Nizar Noha Noor Nora Nour Noura Nuha Nur Nura Obada Obaida Odai Omar Omran Osama
Othman Qasim
Qais Qusai Rabab Rabea Rabia Rachid Radwan Raed Raghad Rahaf Rahma Raja Rajab Ramadan Ramez Rami Ramia Rana
Rand Rania
Ranim Ranya Rasha Rashid Rasheed Rawan Raya Rayan Razan Reem Reham Rihab Rima Rita Riyad Riyadh Rouba Roula
Ruba Saad Saadia
Sabah Sabr Sabri Safa Safaa Safia Safwan Sahar Said Saeed Saif Salah Salam Saleem Saleh Salem Salim Salima
Salma
Salman Salwa Samah Samar Samara Sameh Samer Sami Samia Samir Samira Sana Sanaa Sara Sarah Sawsan Sayed Seif
Shadi Shahad
Shaima Shaker Sherif Shereen Shukri Siham Sirin Soha Souad Suad Suha Suhail Suheib Sulaiman Suleiman
Suleyman Sultan
Sumaya Suzan Taghreed Taha Taher Tahir Talal Taleb Tamara Tamer Tamim Tarek Tareq Tarik Tariq Tayeb Thaer Taim
Turki Umar Usama Uday Usman Wael Waad Wafa Wajdi Waleed Walid Warda Wassim Wasim Wedad Wissam Yahia Yahya
Yamen Yara
Yaser Yasin Yasir Yasmin Yasmina Yasmine Yasser Yassin Yassine Yazan Yazid Yehia Yousef Yousif Yousra
Youssef Yousuf
Younes Younis Yunus Yusef Yusuf Yusra Zaid Zain Zaina Zainab Zakaria Zaki Zaynab Zeid Zein Zeina Zeinab
Zena Ziad Zineb Ziyad Zuhair
"""
SOMALI = """
Aamina Abdi Abdiaziz Abdifatah Abdihakim Abdikadir Abdikarim Abdinasir Abdirahim Abdirahman Abdirashid
Abdirisak Abdirizak
Abdisalam Abdishakur Abdiwahab Abdiwali Abdulahi Abdullahi Abdulkadir Abdulqadir Abshir Abukar Adan Aden
Ahado Anab Anisa Asha Asho
Ayaan Ayan Ayanle Barre Barkhad Bashiir Bile Bilan Burhan Caasha Cabdi Cali Canab Cumar Dahabo Dahir Deeqa
Deqa
Deqo Diriye Ebyan Elmi Fadumo Faduma Faarah Farhan Farhia Farhiya Farhiyo Fartun Fatuma Fawsia Filsan
Fowsia Fowzia Garad Guled
Habibo Hafsa Halimo Hamdi Hamda Hani Hawa Hawo Hayat Hibo Hiba Hinda Hodan Hodo Hoda Ibado Idil Idman
Idriis Ifrah Ikran Ilhan
Ilwad Ilyas Iman Isse Istahil Istar Jama Jamac Jamila Kaltun Kaltuma Khadar Khadija Khadra Koos Leyla Liban
Liibaan Luul Mahad
Maryan Marian Mohamud Maxamed Maxamuud Mohamuud Muna Munira Muno Muse Mumin Nafisa Nasra Nasteho Nasteexo
Nimco Nimo Nuh
Nuur Nur Osman Qadan Qali Rahmo Ramla Raho Rowda Ruqiya Ruweyda Safiyo Sagal Sahra Salado Samatar Samira Sayid
Shamis Shamso Sharif Sharmarke Shukri Sowda Suad Sucaad Suldan Sulekha Suleqa Ugaas Ugbaad Umar Warsame
Xasan Yahye Yasmin Yonis
Yuusuf Zahra Zamzam Zakariye
Abel Abraham Abrehet Adhanet Adiam Afewerki Aida Alem Almaz Amanuel Amleset Aron Asefa Asmelash Aster Awet
Aynalem Azeb Azieb
Bereket Berhane Berhe Bethlehem Biniam Binyam Birhane Bisrat Daniat Dawit Delina Desta Efrem Elsa Ermias
Estifanos Eyob Feven Filmon
Fitsum Freweini Genet Ghebre Girmay Habtom Haben Hagos Helen Henok Hermela Hermon Hirut Isayas Kaleab Kidan
Kidane Kibrom
Kiflom Letebrhan Lemlem Luam Luwam Mebrahtu Medhanie Mehari Mehret Merhawi Meron Mesfin Michael Mihret
Milena Mikias Mulu Mussie Natnael
Nahom Negassi Okbay Rahel Robel Ruta Saba Samrawit Samson Selam Selamawit Semere Semhar Senait Simret
Solomon Tedros Tekle Temesgen Tesfai Tesfay
Tesfaye Teklu Tewelde Tirhas Tsegay Tsehay Tsige Winta Wintana Weldu Yared Yodit Yohannes Yonas Yordanos
Yorusalem Zerai Zewdi
"""
PERSIAN_KURDISH = """
Abbas Abolfazl Afshin Afsaneh Ahoora Akbar Alireza Amirali Amirhossein Anahita Ania Arash Arezoo Arian
Ariana Armin Arman Arta Arvin Arya Ashkan
Atefeh Azadeh Azar Azita Babak Bahar Bahareh Bahman Bahram Baran Bardia Behnam Behnaz Behrang Behrouz
Behzad Benjamin Bijan Borzou
Dariush Daryush Delaram Donya Ebrahim Ehsan Elaheh Elahe Elnaz Enayat Erfan Esmaeil Esmail Faezeh Fahimeh
Farah Faramarz Farhad Fariba
Farid Farideh Farnaz Farnoush Farrokh Farshad Farshid Farzad Farzaneh Fatemeh Fereshteh Forough Ghasem
Ghazaleh Ghodrat Gholam Golnaz Golshan
Hadis Hamed Hamid Hamidreza Haniyeh Hashmat Hassan Hoda Homa Homayoun Hooman Hossein Hosein Iraj Jafar
Jahangir Jalil Jamshid Javad Kamran Kaveh
Kazem Keivan Keyvan Khosrow Kian Kiana Kimia Kiarash Kourosh Laleh Ladan Leila Leili Mahboobeh Mahin Mahnaz
Mahsa Mahtab Majid Mandana Mani Manijeh
Mansour Mansoor Maryam Marjan Marzieh Masoud Masood Masoumeh Maziar Mehdi Mehran Mehrdad Mehrnaz Melika
Mina Mitra Moein Mohsen Mojgan Mojtaba
Morteza Mostafa Nader Nahid Narges Nargis Nasrin Navid Nazanin Negar Negin Neda Nika Niki Nikoo Niloofar
Niloufar Nima Niusha Niyayesh Nooshin Omid Parastoo
Pari Parisa Parham Parsa Parviz Parvin Payam Pedram Pegah Peyman Pooya Pouya Puya Rahim Rahman Ramin Rasoul
Razieh Reza Rezvan Roya Roxana Roozbeh Ruhollah
Saba Saber Sadaf Sadegh Saeed Saeid Sahand Saman Samaneh Sanaz Sara Sasan Sayed Sedigheh Sepehr Setareh
Shabnam Shahab Shahin Shahram Shahrzad
Shahla Shaghayegh Shapour Shayan Sheida Shila Shima Shirin Shiva Shokoufeh Siamak Siavash Sima Sina Soheil
Soheila Sohrab Soraya Susan
Taraneh Tina Vahid Yalda Yashar Zahra Zari Zeynab Zhaleh Zohreh Abdulqayum Ajmal Aimal Ahmadzia Amanullah
Asadullah Atiqullah Aziza
Ezatullah Farzana Fawad Frozan Gul Gulalai Habibullah Hamidullah Hekmat Hekmatullah Jawid Javid Khalilullah
Latif Mirwais Mursal
Nabi Najib Najibullah Nasir Nasrullah Naweed Nematullah Noorullah Palwasha Qasem Rahmatullah Razia Roman
Sakina Samiullah Shabir Shafiq Shukria Sorab
Wahid Wali Yama Zabihullah Zakia Zalmai Zarghuna Zekria Ziba Zia
Ako Alan Amed Aram Aras Ari Arin Ashna Avan Avin Azad Awaz Awin Bafrin Baran Bayan Berfin Berivan Beritan
Bestun Birwa Bnar Botan Chalak Chenar Chiman
Chnar Chra Dana Darya Dara Darin Delal Delshad Dilan Dildar Dilman Dilnia Dilshad Diyar Dlawer Dler Evin
Farman Fenk Ferhad Gashbin Gelawesh Gulistan Hana
Hawar Hawre Hazar Havin Helin Hemin Heval Heja Hejar Hewa Hiwa Hogir Jiyan Jwan Kaniwar Karwan Karzan Kawa
Kewe Khabat Khunaw Kurdistan Lana Lanja
Lavin Lorin Mizgin Mohabad Nali Nashmil Nasrin Narin Nazdar Nermin Newroz Nian Niaz Nigar Nishtiman Pari
Parwin Payman Pexshan Qirfo Rawa Rebaz Rebin
Rebwar Rezan Rezgar Ribwar Rizgar Roj Roja Rojan Rojda Rojhat Rojin Rojina Ronahi Ronak Rozh Rozhin Runak
Sakar Saman Sara Sarbast Sardar
Sarhad Sazan Serhat Shad Shaho Shahla Shano Sherko Shilan Sherzad Shler Shno Shwan Sipan Siyar Sirwan Soran
Sozan Srwa Tara Taban
Tavga Twana Warin Welat Xebat Yad Zana Zagros Zelal Zerin Zhala Zhian Zheen Zhino Zilan Zinar Zozan
Ninos Ninorta Nineb Nahrin Sargon Ashur Ashour Ninwe Shamiram Sanharib Gabro Gabriel Isho Yelda Afram
Aphrem Malke Matay Sabri Sharbel Yakoub
"""
BALKAN_TURKISH_SLAVIC = """
Adis Admir Adnan Adrijana Agim Agron Ajla Ajša Aldin Aleksandar Aleksandra Alen Aljoša Almedina Almin Almir
Almira Alma Altin Amar Amel Amela Amer Amila Amina
Amra Anel Anela Anida Anita Ante Arben Ardian Ardit Arian Armend Armin Armina Arlind Arta Artan Arton Asim
Asmir Avdo Avni Azem Azra Azur Bajram Bashkim
Behar Bekim Belma Berina Besa Besart Besim Besnik Blerim Blerta Blerina Bojan Boban Boris Borislav Božo
Branislav Branko Burim Dalibor Damir Dardan Darko Daniela Danijel Danijela
Dario Davor Davud Dejan Demir Denis Deniz Dino Dorentina Drago Dragan Dragana Dragica Dražen Driton Dušan
Džemal Džemila Džana Džejla Edin Edina Edis Edita Edmir Edona
Egzon Elmedin Elmedina Elmir Elmira Elma Elvedin Elvir Elvira Elvis Emin Emina Emir Emira Enes Enisa Enver
Erblin Erion Erjon Ermin Ermina Esad Esma Fadil Fahrudin
Faruk Fatmir Fatos Fehim Ferid Fikret Flamur Florim Florije Fikrete Gazmend Genc Gentiana Goran Gordana
Granit Hajrudin Halil Halim Haris Hasan Hasib Hazim Ibro Igor
Ilir Ilija Ilijana Indira Irfan Irma Ismet Ivana Ivica Ivo Izet Jadranka Jasmin Jasmina Jasminka Jasna
Jelena Jeton Jovan Jovana Kadrije Kemal Kenan Klodjan Kosovare Krenar
Kujtim Kushtrim Lejla Lirim Liridon Ljiljana Ljubica Luan Luka Lulzim Lumturi Majda Maida Marija Marijana
Mario Marjan Marko Mensur Merima Mersiha
Mevlida Midhat Milan Milena Mile Milica Milka Milorad Miloš Mira Miralem Mirela Mirjana Mirko Miroslav
Mirsad Mirsada Mirza Mladen Momčilo Muamer Muhamed Muharem
Munira Mustafa Nada Naim Nasiha Nebojša Nedim Nedžad Nehat Nejra Nenad Nermin Nermina Nevena Nihad Nikola
Nina Nisveta Novak Nusret Obrad Ognjen Osman Petar Petra
Predrag Qendrim Radmila Radovan Ramadan Ramiz Ranko Rasim Refik Remzija Renato Rijad Rrezart Rinor Sabaheta
Sabahudin Sabina Sabit Sadik Safet Said Sakib Saliha Samir Samra Sanel Sanela
Sanja Sanjin Saša Sead Seid Selma Semir Senad Senada Senka Shkelzen Shpend Shpresa Shqipe Skender Slađana
Slavica Slavko Slobodan Snežana Snježana Sokol Srdan Srđan Stefan Stevan Stojan Suad Suada Sulejman Suvad
Sven Tarik Teuta Tihomir Toni Uroš Valon Valdrin Valentina Vedad Vedran Velimir Vesna Vladimir Vlado Vjosa
Vuk Xhevat Xhemail Xhevdet Ylli Zana Zdravko Zehra Zejna Zlata Zlatan Zlatko Zoran Zorica Željko Zvonko
Ahmet Alp Alper Altan Arda Arif Arzu Aslı Asya Ayda Aydın Ayla Aylin Aynur Ayşe Ayse Aysel Ayşegül Aytaç
Azize Banu Baran Baris Barış Begüm Belgin Beril Berk Berkay Berkan Beyza Bora Burak Burcu
Bülent Cahit Can Canan Cansu Celal Cem Cemal Cemil Cemile Cengiz Ceren Cihan Ceyda Çağlar Deniz Derya
Devrim Dilek Duran Ebru Ece Eda Ela Elif Emine Emre Ender Engin Ercan Erdal Erdem Erdogan Eren
Erkan Erol Ersin Esra Evren Eylül Fadime Fatih Fatma Ferhat Feride Fikret Filiz Furkan Gamze Gizem Gökhan
Gökçe Gonca Gül Gülay Gülcan Gülsen Gülşen Gülten Hakan Halil Halime Haluk Hamide
Hande Harun Hasan Hatice Hayriye Hikmet Hüseyin Hülya Hüsnü Ibrahim İbrahim İlker Ilker Ilkay Ismail İsmail
Kaan Kadir Kamil Kemal Kenan Koray Levent Leyla Mehmet Melek Melike Meltem
Meral Meryem Mert Merve Mesut Metin Mete Mine Muhammet Murat Musa Mustafa Nazan Nazlı Necla Nesrin Neşe
Nihat Nilgün Nilay Nuray Nurcan Nuri Nurten Okan Oktay Onur Orhan Osman Ozan Ömer Özcan Özge Özgür
Özkan Özlem Pelin Pınar Ramazan Recep Refik Sabri Salih Savas Seda Sedat Selahattin Selçuk Selim Selin
Semra Serap Serdar Serhan Serkan Sevda Sevgi Sevim Sibel Sinan Songül Süleyman Şahin Şenol Şerife Tamer
Taner
Tekin Tolga Tuba Tuncay Turgut Turan Tülay Ufuk Uğur Umut Ümit Veli Volkan Yasemin Yavuz Yeliz Yılmaz Yunus
Yusuf Zehra Zerrin Zeynep
Agata Agnieszka Aldona Aleksander Andrzej Aneta Anna Antoni Arkadiusz Artur Barbara Bartek Bartosz Beata
Bogdan Bogumil Bogusław Bożena Cezary Czesław Damian Danuta Daria Dariusz Dawid Dorota Elżbieta Elzbieta
Ewa Ewelina
Feliks Filip Franciszek Gosia Grażyna Grazyna Grzegorz Halina Hanna Henryk Ilona Ireneusz Irena Iwona Iza
Izabela Jacek Jadwiga Jakub Jan Janina Janusz Jarek Jarosław Jaroslaw Jerzy Joanna Jolanta Justyna Józef
Kacper Kamil Kamila Karol Karolina Kasia Katarzyna Kazimierz Kinga Konrad Krystian Krystyna Krzysztof Lech
Lechosław Leszek Lidia Lucyna Łukasz Lukasz Maciej Magda Malgorzata Małgorzata Marcin Marek Mariola
Mariusz Marta Marzena Mateusz Michał Michal Mieczysław Mikołaj Mirosław Miroslaw Monika Natalia Oliwia
Pawel Paweł Piotr Przemysław Przemyslaw Rafał Rafal Renata Robert Roman Romuald Ryszard Sebastian Sławomir
Slawomir Stanisław Stanislaw
Szymon Tadeusz Tomasz Tomek Urszula Waldemar Wanda Wiesław Wiktor Wioletta Witold Władysław Włodzimierz
Wojciech Wojtek Zbigniew Zdzisław Zofia Zuzanna Zygmunt
Aleksei Aleksej Aleksey Alexej Alyona Anastasia Anastasija Andrei Andrej Andriy Arkadij Bohdan Denys Dmitri
Dmitrij Dmytro Evgeny Galina Hennadiy Igor Ihor Irina Iryna Ivan Jekaterina Jevgenij Katya Kateryna
Konstantin
Ksenia Larisa Larysa Lyudmila Ljudmila Maksim Maksym Mariya Mikhail Michail Mykola Nadezhda Natalja
Nataliya Natasha Nikita Nikolai Oksana Olena Oleg Oleh Oleksandr Oleksiy Olha Pavel Pavlo Petro Polina
Roman Ruslan Serhiy Sergei
Sergej Sergey Stanislav Svetlana Svitlana Tatiana Tatjana Taras Tetiana Vadim Vadym Valentyna Valeria
Valerij Vasyl Viktor Viktoriia Vitalij Vitaliy Volodymyr Vladislav Vyacheslav Yana Yaroslav Yelena Yevhen
Yulia Yuliya Yuri Yuriy Zhanna
Aigars Andris Arturs Arvydas Audrius Darius Dainius Edgars Gintaras Gints Girts Guntis Janis Juris Kestutis
Linas Mantas Marius Martynas Mindaugas Normunds Raimonds Raivis Rimantas Rolandas Saulius Tadas Valdas
Vytautas
Andreea Bogdan Catalin Ciprian Claudiu Constantin Costel Cosmin Cristian Dorin Dumitru Elena Florin
Gheorghe Ionel Ionut Iulian Laurentiu Liviu Lucian Marian Mihaela Mihai Nelu Nicoleta Nicolae Octavian
Ovidiu Petru Raluca Razvan Sorin Stefania Traian Vasile Viorel
Arto Aarne Aino Aki Antero Antti Anssi Arja Armas Arvo Auli Eero Eetu Eila Eino Erkki Esa Esko Hannele
Hannu Harri Heikki Heli Hilkka Ilkka Ilpo Inkeri Iiro Jaakko Jani Janne Jarkko Jari Jarmo Jorma Jouni Juha
Juhani Jukka Jussi Juho Kaarina Kai Kaija Kalervo Kalevi
Kari Katri Kauko Keijo Kimmo Kirsi Kirsti Kyösti Laila Lassi Lauri Leena Liisa Maarit Mari Markku Marjatta
Marko Marjut Matti Mauri Merja Miika Mika Mikko Mirja Niko Olavi Olli Oskari Outi Paavo Päivi Pasi Pauli
Pekka Pekko Pentti Pertti Petri Pirjo Pirkko Raija Raili Raimo Rauno Reijo Reino Riitta Risto Ritva Saara
Sakari Samuli Sanna Santeri Sari Satu Seija Seppo Sirpa Sirkka Taina Tapani Tapio Tarja Teemu Teppo Terhi
Tero Terttu Timo Tiina Toivo Tommi Toni Topi Tuija Tuomas Tuomo Tuula Tyyne Urho Valtteri Veera Veijo
Veikko Vesa Vilho Väinö Ville Yrjö
Faisa Arlinda Wei Chinwe Rasa Abdo Xhemile Qendresa Elie Rabie Ghazwan Raneen Iqra Saynab Fartuun Mulki
Ubah Xaawo Hêvîn
Aung Bao Binh Chai Duc Dung Hoang Huong Khanh Kiet Linh Minh Mei Ngoc Nguyen Nhung Phuong Quang Somchai
Supaporn Thanh Thi Thu Thuy Trang Trinh Tuan Tung Xiaoming Yan Ying
Alejandra Alejandro Alvaro Andrés Camilo Carlos Diego Eduardo Esteban Felipe Fernando Francisco Gonzalo
Guillermo Gustavo Hernán Ignacio Javier Jesús Joaquín Jorge José Jose Juan Julio Luis Manuel Marcelo Marcos
Mauricio Miguel Nicolás Pablo Pedro Rafael Ramón Raúl Ricardo Rodrigo Santiago Sergio Xavier Yolanda Ximena
Amadou Awa Babacar Boubacar Ebrima Fatou Fatoumata Kofi Kwame Lamin Mamadou Modou Momodou Musu Ousmane
Sekou Serigne Yaya Chukwu Chidi Emeka Ifeoma Ngozi Tunde
Ashwin Arjun Anil Deepak Harpreet Gurpreet Imtiaz Irfan Naveed Nadeem Priya Rajesh Raj Rahul Ravi Saima
Sanjay Shahid Shabana Sunil Sumit Suresh Tanveer Usha Vijay Zubair Muhammad Waqas Zeeshan
Jayden Jaxon Jordan Justin Kyle Ryan Brandon Bryan Dylan Ethan Logan Mason Tyler Tiffany Ashley Kimberly
Brittany Wayne
"""
FAMILY_TYPED = """
Andersson Johansson Karlsson Nilsson Eriksson Larsson Olsson Persson Svensson Gustafsson Pettersson Jonsson
Jansson Hansson Bengtsson Jönsson Lindberg Jakobsson Magnusson Olofsson
Lindström Lindqvist Lindgren Axelsson Berg Bergström Lundberg Lind Lundgren Lundqvist Mattsson Berglund
Fredriksson Sandberg Henriksson Forsberg Sjöberg Ali Wallin Engström
Danielsson Eklund Lundin Håkansson Björk Bergman Gunnarsson Samuelsson Fransson Wikström Isaksson Bergqvist
Arvidsson Nyström Holmberg Löfgren Söderberg Nyberg Blomqvist Claesson Mårtensson
Nordström Eliasson Pålsson Björklund Viklund Berggren Sandström Nordin Lund Ström Åberg Falk Hermansson
Ekström Holmgren Sundberg Hedlund Dahlberg Hellström Sjögren Ahmed Abrahamsson
Martinsson Öberg Månsson Strömberg Åkesson Jonasson Norberg Sundström Åström Ivarsson Hassan Mohamed
Hussein Abdi Farah Warsame Jama Nuur Nur Hersi Osman Mohamud Omar Yusuf Ismail Ibrahim Hassan
Ahmadi Hosseini Karimi Rezai Rezaei Mohammadi Moradi Jafari Rahimi Haidari Heidari Sultani Nazari Akbari
Mousavi Hashemi Kazemi Amiri Azizi Alizadeh Ebrahimi Sharifi Zand
Haddad Khalil Mansour Saleh Salih Mahmoud Mustafa Hamid Aziz Rashid Khoury Nasser Najjar Darwish Said Saeed
Kassem Shaheen Hakimi Barzani Talabani Qasim
Petrovic Jovanovic Nikolic Markovic Djordjevic Stojanovic Ilic Hodzic Begic Hadzic Mujic Delic Kovac
Kovacevic Simic Babic Popovic Halilovic Osmanovic Memic Suljic Krasniqi Gashi Berisha Morina Shala Hoxha
Yilmaz Kaya Demir Celik Sahin Yildiz Öztürk Ozturk Aydin Arslan Aslan Dogan Kilic Acar Koc Polat Özdemir
Kurt Cetin Bozkurt
Nowak Kowalski Kowalska Wisniewski Wojcik Wójcik Kaminski Lewandowski Zielinski Zielinska Szymanski Wozniak
Dabrowski Mazur Krawczyk
Korhonen Virtanen Mäkinen Nieminen Mäkelä Hämäläinen Laine Heikkinen Koskinen Järvinen Lehtonen Saarinen
Salminen Heinonen Niemi Heikkilä Salonen Laitinen Tuominen Rantanen Karjalainen
Tesfay Tesfaye Haile Gebremariam Ghebremedhin Tekle Kidane Berhane Woldu Habte Yohannes Hagos
Nguyen Tran Pham Le Singh Khan Hussain Malik Chaudhry Sharma Santos Silva Garcia Rodriguez Gonzalez Lopez
Martinez Perez Fernandez
"""
NO_NAMES = """
Alla Andra Annan Art Av Barn Bara Ben Bra Brå Den Denna Det Dem Din Dina Du En Ett Eller Er Fan Far Först
Fru Från För Få Han Henne Hon Honom Hur I Idé Igen Ingen Inget Inte Ja Just Kan Kom Kan Lek Man
Med Mellan Mer Min Mina Mor Nej Ni När Nu Nya Och Om Ord Os Per Plan På Rikt Samt Se Sen Ser Sin Sina Sju
Ska Stor Så Tre Två Under Ung Unga Ur Ut Vad Var Vem Vi Vid Vill Vår Åk Än Är
Dom Rån Hot Mord Polis Soc Skola Ny Son Mamma Pappa Bror Hit Här Där Bank Bil Buss Bus Fest Kort Lag Lån
Mars Juli April Juni Januari Augusti Post Rad Sak Sid Tid Torg Vakt Vän Råd Ring Prat Svar Lista
Lördag Fredag Torsdag Onsdag Tisdag Måndag Sommar Vinter Höst Herr Doktor Lärare Rektor Sverige Kalmar
Kommun Region Norden Europa Malta Asien Kina Ukraina Paris London Berlin Roma Florens Milano Alba
Art Grant Price Mark Iron Jet Green King Love Lane Brook Forest River Lake Rose Royal Sky Sun Star Summer
True Tree Prince Pop Early Said Joy Hope Will Sol Linje Gran
Andre Ange Sala Kil Mora Vara Åmål Timrå Falun Gävle Borås Öland Vetlanda Nora Hall Kumla Polen
"""
ALSO_WORDS = "Hans My Mina Love Mark Max Said Joy Roy Ben Sol Juni April May Nora Ros Stina Lovis Ella"
"""Swedish words or months that the dictionary has in another form, or that begin a sentence in English."""
KEPT_THOUGH_WORDS = "Mina Per Ali Nora Love Said Joy Roy Sol Mark Ben Juni April Ida Kim"


def typed(text: str) -> set[str]:
    return set(text.split())


def listed(folder: Path, locales: list[str], *attributes: str) -> Iterator[str]:
    sys.path.insert(0, str(folder))
    for locale in locales:
        provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        for attribute in attributes:
            yield from getattr(provider, attribute, ())


def words(dictionary: Path) -> set[str]:
    """What the spelling dictionary writes with a small letter, with the commonest endings."""
    endings = {
        "A": ("s",),
        "D": ("en", "ens", "et"),
        "E": ("n", "t"),
        "H": ("ar", "er", "or", "na"),
        "J": ("s",),
    }
    found = set()
    for line in dictionary.read_text(encoding="utf-8").splitlines()[1:]:
        word, _, flags = line.partition("/")
        if word[:1].islower():
            found |= {word, *(word + ending for flag in flags for ending in endings.get(flag, ()))}
    return found


def plain(name: str) -> str:
    """In lower case, without the accents that the lint does without, too."""
    return "".join(
        letter if letter in "åäö" else unicodedata.normalize("NFD", letter)[0] for letter in name.lower()
    )


def write(name: str, rows: set[str], swedish: set[str]) -> None:
    marked = sorted(f"{row}*" if row.lower() in swedish else row for row in rows)
    (TARGET / f"{name}.txt").write_text("\n".join(marked) + "\n", encoding="utf-8")


def main(folder: Path, dictionary: Path) -> None:
    swedish = words(dictionary) | {word.lower() for word in typed(ALSO_WORDS)}
    one_word = re.compile(r"[^\W\d_]{2,}(?:-[^\W\d_]{2,})*").fullmatch
    avoided = {word.lower() for word in typed(NO_NAMES)} - {word.lower() for word in typed(KEPT_THOUGH_WORDS)}
    never = typed(NO_NAMES) - typed(KEPT_THOUGH_WORDS)
    near = {*typed(SWEDISH + ARABIC + SOMALI + PERSIAN_KURDISH + BALKAN_TURKISH_SLAVIC)}
    firsts = "first_names", "first_names_male", "first_names_female"
    far = {name for name in listed(folder, GIVEN, *firsts) if name[:1].isupper() and one_word(name)}
    # From abroad only what is no Swedish word: who is called "Art" there is seldom met here.
    given = near | {name for name in far if not {name.lower(), plain(name)} & swedish and len(name) > 2}
    family = typed(FAMILY_TYPED) | {
        name for name in listed(folder, FAMILY, "last_names") if name[:1].isupper() and one_word(name)
    }
    with MUNICIPALITIES.open(encoding="utf-8", newline="") as rows:
        places = {row["name"] for row in csv.DictReader(rows, delimiter=";")}
    write("given", {name for name in given if plain(name) not in avoided} - never, swedish)
    write("family", family - never - given, swedish)
    write("places", places - given, set())


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
