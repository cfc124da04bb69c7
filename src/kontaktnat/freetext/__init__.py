"""What free text may not hold: personnummer, offences of a person, the health of a child."""

from kontaktnat.freetext.looking import Found, Rule, look

__all__ = ["Found", "Rule", "look"]
