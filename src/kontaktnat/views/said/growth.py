"""What `growth` says of itself."""

TITLE = "How our contacts have grown, by sector and year"
DEFINITION = (
    "A row for each sector and each calendar year, from the first in which any actor was reached to the "
    "running one; years in which nobody was reached too. Actors without a sector have rows of their own, "
    "without one. The notes say how many actors of each sector have never been reached."
)
FORMULA = (
    "Reached: actors of the sector of whom somebody, under a hat at them or covering them, themselves or "
    "counted, was present at an interaction held that year. New: those reached that year for the first "
    "time. Known: all reached up to the year's end. Actors count in the sector that they have today. One "
    "that has been succeeded is not counted itself: its successor has its contacts and counts once. Left "
    "out are networks, and a county administrative board that hosts a network in the book (our own)."
)
SOURCE = "Practice. Cooperation and exchange of experience: förordning (2016:1258) 2 § 2."
