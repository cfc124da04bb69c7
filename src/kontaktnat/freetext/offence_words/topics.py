"""Where offences are a subject, or people a number, and nobody is said to have done anything."""

from __future__ import annotations

TOPIC = """
    (?:möte~|samtal~|utbildning~|kurs~|föreläs~|film~|bok~|podd~|seminari~|webbinari~|workshop~|material~
        |rapport~|tema~|dialog~|pass~|konferens~|artikel~|fråga~|rutin~|mall~|info~|enkät~|projekt~|insats~
        |stöd~|arbete~|lag~|forskning~|studie~|program~)(?: (?:med|av|från|hos
        |till) [\\w¤]+)?(?:,? ?[\\w¤]+)? (?:om|kring|för|till|mot|rörande|angående
        |ang\\.?) (?:hur |att |de |stöd (?:till|för) )?(?:unga|ungdomar|personer|barn|män|kvinnor|elever
        |killar|tjejer|dömda|misstänkta|lagförda|frigivna|häktade|åtalade|kriminella|människor|avhoppare
        |intagna|gäng~|misstanke|misstankar|åtal|polisanmälan|straff|återfall|påföljder|fotboja|häkt~
        |våldsutövare|förövare|kontaktförbud)(?![^.,;:]*(?<!med )¤)(?: [^.,;:]*)?
    (?:om|huruvida) åtal väcks
"""
"""What a meeting, a course or a film is about: kinds of people, in the plural."""

GROUP = """
    (?:andel|antal|statistik|procent|procentandel|genomsnitt|lagförslag|lagändring|lagstiftning)~
    [\\d,]+ ?%
    per (?:1 ?000|100 ?000|tusen) ~
    hur (?:många|stor ~|få)
    (?:misstänkta|dömda|gripna|häktade|lagförda|åtalade|kriminella|frigivna|anmälda|intagna
        |straffade) (?:unga|ungdomar|personer|barn|under|brott|män|kvinnor|i åldern|gärningsm~|för brott
        |bidragsbrott|elever)
"""
"""A number or a kind of people is spoken of; then only what is said of one person counts."""

PLURAL = """
    ~(?:misstänkta|dömda|kriminella|gripna|häktade|langare|anhållna|lagförda|åtalade|frigivna)
    (?:dömts|döms|åtalas|åtalats|lagförs|lagförts|misstänks|gripits|häktas|frikänns|dömdes|lagfördes|greps
        |polisanmäls|grips)
"""
