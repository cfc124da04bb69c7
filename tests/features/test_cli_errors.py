"""Wrong input of each kind, for each command: one line that says what to do, its code, nothing saved."""

from __future__ import annotations

import gettext
import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po

from kontaktnat import i18n

ROOT = Path(__file__).parents[2]

# (command, exit code, what the line has to say)
WRONG = [
    # The program itself
    ("--nope", 2, "see kontaktnat --help"),
    ("nope", 2, "there is no command nope"),
    ("tody", 2, "nearest: today"),
    ("-b none.kn today", 3, "make one with kontaktnat init"),
    ("-b none.kn add actor x", 3, "none.kn"),
    ("-b . today", 2, "name a file"),
    ("-b sqlite:x today", 2, "sqlite"),
    ("-b no/such/place/x.kn init", 2, "no/such/place"),
    ("-b text.kn today", 8, "text.kn"),
    ("export bundle --set", 2, "see kontaktnat export --help"),
    ("civilsociety suggest --accept", 2, "see kontaktnat civilsociety suggest --help"),
    ("civilsociety sugest", 2, "Did you mean 'suggest'? See kontaktnat civilsociety --help"),
    ("civilsociety suggest nowhere", 3, "nothing is called nowhere"),
    ("civilsociety suggest --confirm nybro", 2, "write WHO=CODE"),
    ("civilsociety suggest --confirm nybro=icnpo:9999", 5, "nearest: icnpo:9100"),
    ("civilsociety suggest --confirm nowhere=1200", 3, "nothing is called nowhere"),
    ("civilsociety suggest --decline nybro=sector:polis", 2, "only the sector civil society"),
    ("civilsociety suggest --confirm nybro=1200 --decline nybro=sport", 2, "say one"),
    ("civilsociety suggest nybro --confirm nybro=1200", 2, "which name it themselves"),
    ("add actor x --category xyzzy", 5, "xyzzy is no category"),
    ("set nybro categories+=icnpo:9999", 5, "nearest: icnpo:9100"),
    ("list actors categories=xyzzy", 5, "xyzzy is no category"),
    ("view civil-gaps level=kommun", 5, "none of group, subgroup"),
    ("view civil-share since=snart", 5, "since"),
    ("mail send", 2, "WHOM is missing"),
    ("mail send --to nybro", 2, "TEMPLATE is missing"),
    ("mail send --to nybro --template letter", 2, "whose letters are they?"),
    ("mail send --to nybro --template nix --me anna@lst.example", 3, "there is no template nix"),
    ("mail send --to nowhere --template letter --me anna@lst.example", 3, "nothing is called nowhere"),
    ("mail send --to nybro --template letter --me anna", 5, "no mail address to send from"),
    ("mail send --to nybro --template letter --me anna@lst.example --smtp", 5, "name the server that sends"),
    ("mail send --to nybro --template letter --mailer duva --me anna@lst.example", 3, "no mailer duva"),
    ("mail send --to nybro --template letter --field text --me anna@lst.example", 2, "write NAME=VALUE"),
    ("mail send --to nybro --template letter --language de", 2, "'de'"),
    ("mail invite", 2, "whose letters are they?"),
    ("mail invite nowhere --me anna@lst.example", 3, "no meeting to come is called nowhere"),
    ("mail invite nowhere --update --cancel", 2, "give one of them"),
    ("mail invite nowhere --update --proposed yes", 2, "give it without --update and --cancel"),
    ("mail invite nowhere --proposed perhaps", 2, "'perhaps' is not one of"),
    # county packs
    ("init --county kalma", 3, "nearest: kalmar"),
    ("init --county", 2, "--county"),
    ("init --county kalmar --county nowhere", 3, "no county nowhere"),
    ("pack", 2, "one of check, update"),
    ("pack chek", 2, "nearest: check"),
    ("pack check", 2, "the pack's folder is missing"),
    ("pack check no/such/place", 3, "no such folder"),
    ("pack check . -o yaml", 2, "'yaml'"),
    ("pack update nowhere", 3, "no county nowhere"),
    ("pack update sweden-skane", 3, "never filled from the county pack sweden-skane"),
    # privacy
    ("privacy", 2, "one of"),
    ("privacy nope", 2, "there is no command nope"),
    ("privacy accept", 2, "WHAT is missing"),
    ("privacy accept nybro", 2, "--reason is missing"),
    ("privacy accept nobody --reason x", 3, "nobody"),
    ("log telefon nybro hej --accept ' '", 6, "say why"),
    ("privacy extract", 2, "PERSON is missing"),
    ("privacy extract nobody", 3, "nobody"),
    ("privacy extract nybro", 3, "nybro"),
    ("privacy extract 'eva ek' -o yaml", 2, "markdown"),
    ("privacy extract 'eva ek' -O no/such/x.md", 5, "no folder"),
    ("privacy extract 'eva ek' -O b.kn", 6, "the book itself"),
    ("privacy disclose", 2, "QUERY is missing"),
    ("privacy disclose nybro --since blä", 5, "idag"),
    ("privacy disclose nybro --since 2026 --until 2025", 5, "is before"),
    ("privacy disclose nybro --type blä", 5, "list words"),
    ("privacy disclose nybro -o yaml", 2, "markdown"),
    ("privacy disclose nybro -O no/such/x.md", 5, "no folder"),
    ("privacy disclose nybro --reveal ''", 6, "say why"),
    ("privacy erase", 2, "PERSON is missing"),
    ("privacy erase nybro --decision 1", 3, "nybro"),
    ("privacy erase nobody --decision 1", 3, "nobody"),
    ("privacy erase 'eva ek'", 2, "--decision is missing"),
    ("privacy erase 'eva ek' --decision 'om Eva Ek'", 6, "registry number"),
    ("privacy anonymise 'eva ek' --decision ' '", 2, "--decision is missing"),
    # plugins
    ("plugins nope", 2, "there is no command nope"),
    ("plugins new", 2, "NAME is missing"),
    ("plugins new blekinge", 2, "--kind is missing"),
    ("plugins new blekinge --kind vew", 2, "view"),
    ("plugins new Blekinge --kind view", 5, "as in blekinge"),
    ("plugins new 'västra götaland' --kind view", 5, "as in vastra-gotaland"),
    ("plugins new import --kind view", 5, "a word of Python's own"),
    ("plugins new en-mycket-lang-lang-lista --kind view", 5, "at most 24"),
    ("plugins new kalmar --kind view", 6, "kalmar is taken, by kontaktnat-kalmar"),
    ("plugins new today --kind view", 6, "kontaktnat itself"),
    ("plugins new blekinge --kind view --into no/such", 5, "make it first"),
    ("plugins new blekinge --kind view --into b.kn", 5, "b.kn is a file; name a folder"),
    ("plugins new mail --kind view", 6, "mail is taken, by kontaktnat-mail"),
    ("list actors rinks.seats=5", 5, "actor has no such field"),
    ("add actor Ishallen --set rinks.seats=5", 5, "actor has no such field"),
    # init and demo
    ("init --county nowhere", 3, "kalmar, kronoberg"),
    ("init --county kalmr", 3, "nearest: kalmar"),
    ("init kalmar", 2, "init --help"),
    ("-b new.kn init --county nowhere", 3, "kalmar"),
    ("demo", 6, "name another with -b"),
    ("demo extra", 2, "extra"),
    # add
    ("add", 2, "contact"),
    ("add contct x", 2, "nearest: contact"),
    ("add contact", 2, "NAME is missing"),
    ("add contact '  '", 2, "add contact --help"),
    ("add contact Bo --role samordnare", 5, "FUNCTION@ACTOR"),
    ("add contact Bo --role samordnare@", 5, "FUNCTION@ACTOR"),
    ("add contact Bo --role @nybro", 5, "FUNCTION@ACTOR"),
    ("add contact Bo --role samordnre@nybro", 5, "crime_prevention_coordinator"),
    ("add contact Bo --role samordnare@nybroo", 3, "nearest: Nybro"),
    ("add contact Bo --role samordnare@kommun", 4, "Borgholms kommun"),
    ("add contact Bo --role 'kommunpolis@lpo nybro'", 4, "for Torsås kommun"),
    ("add contact Bo --role kommun@nybro", 4, "municipal_police_officer"),
    ("add contact Bo --title chef", 2, "--role"),
    ("add contact Bo --since igår", 2, "--role"),
    ("add contact Bo --role samordnare@nybro --since blarg", 5, "idag"),
    ("add contact Bo --email bo.example", 5, "@-sign"),
    ("add contact Bo --email ''", 5, "mail"),
    ("add contact Bo --phone tolv", 5, "no phone number"),
    ("add contact Bo --set namn=x", 5, "nearest: name"),
    ("add contact Bo --set note", 2, "FIELD=VALUE"),
    ("add contact Bo --set =x", 2, "FIELD=VALUE"),
    ("add contact Bo --set name=x", 2, "name"),
    ("add contact Bo --set id=abc", 5, "the book keeps this itself"),
    ("add contact Bo --set rev=7", 5, "rev"),
    ("add contact Bo --set created=2020", 5, "created"),
    ("add contact Bo --set hidden=x", 5, "hidden"),
    ("add contact Bo --set unknown=x", 5, "unknown"),
    ("add contact Bo --set extra=x", 5, "extra"),
    ("add contact Bo --set ways=x", 5, "--email"),
    ("add contact Bo --set purpose=blä", 5, "list words"),
    ("add contact Bo --set protected=kanske", 5, "neither yes nor no"),
    ("add contact Bo --set informed_at=blä", 5, "igår"),
    ("add contact 'eva ek' --phone '070-174 06 99'", 4, "--new"),
    ("add contact 'Eva Ek' --role kommunchef@kalmar", 4, "--contact"),
    ("add actor", 2, "NAME"),
    ("add actor X --kind komun", 5, "municipality"),
    ("add actor X --kind förening --set kind=kommun", 2, "kind"),
    ("add actor X --set place=88", 5, "four digits"),
    ("add actor X --set place=åttio", 5, "four digits"),
    ("add actor X --set org_number=8501010012", 5, "personnummer"),
    ("add actor X --set parent=nowhere", 3, "nowhere"),
    ("add actor 'nybro kommun' --phone 0481-45000", 4, "--new"),
    ("add actor Nybro --kind förening", 4, "--new"),
    ("add role", 2, "FUNCTION@ACTOR"),
    ("add role samordnare", 5, "FUNCTION@ACTOR"),
    ("add role samordnare@nybro --contact nobody", 3, "nobody"),
    ("add role samordnare@nybro --contact ''", 3, "empty"),
    ("add role kommunchef@nybro --contact eva --since 2026-10 --until 2026-01", 5, "write that day or"),
    ("add role kommunchef@nybro --contact eva --until blä", 5, "idag"),
    ("add role kommunchef@nybro --contact eva --set share=7", 5, "share"),
    ("add role kommunchef@nybro --contact eva --set share=halv", 5, "no number"),
    ("add role kommunchef@nybro --contact eva --set share=halv%", 5, "no number"),
    ("add role samordnare@nybro --contact eva --set assignment=andts", 4, "holds no assignment"),
    ("add role kommunchef@nybro --set assignment=inget", 3, "inget"),
    ("add role kommunchef@nybro --contact eva --set share=nan", 5, "share"),
    ("add network", 2, "NAME"),
    ("add network X --set level=blä", 5, "level"),
    ("add network X --set members=nowhere", 3, "nowhere"),
    ("add network 'Nätverket för brottsförebyggare' --set level=lokal", 4, "--new"),
    ("add topic", 2, "TITLE"),
    ("add topic X --set kind=rykte", 5, "question"),
    ("add topic X --set links=y", 5, "JSON"),
    ("add followup", 2, "TEXT"),
    ("add followup X --set due=blä", 5, "2v"),
    ("add followup X --set about=nobody", 3, "nobody"),
    ("add followup X --set side=both", 5, "they"),
    ("add followup X --due blä", 5, "2v"),
    ("add followup X --due 2v --set due=1v", 2, "given already"),
    ("add followup X --about nobody", 3, "nobody"),
    ("add followup X --every ibland", 5, "varannan vecka"),
    ("add followup X --every 1m --set recurrence=R/2026-01-31/P1M", 2, "given already"),
    ("add followup X --set recurrence=R/2026-01/P1M", 5, "R/2026-01-31/P1M"),
    ("add assignment", 2, "NAME"),
    ("add assignment X --set level=stad", 5, "county"),
    ("add commitment", 2, "KIND"),
    ("add commitment löfte", 5, "list words"),
    ("add commitment agreement", 2, "cooperation agreement: whose? write --set actor=NAME"),
    ("add commitment agreement --set actor=nowhere", 3, "nowhere"),
    ("add commitment agreement --set notice_months=3.5", 5, "no number"),
    ("add commitment agreement --set notice_months=-3", 5, "below zero"),
    ("add role kso@nybro --contact eva --term 2025", 5, "2022, 2026"),
    ("add role kso@nybro --contact eva --term 2026 --since igår", 2, "leave --since"),
    ("add role samordnare@kalmar --contact eva --term 2026", 5, "no elected post"),
    ("add role förtroendevald@kalmar --contact eva --term 2027", 5, "no election in 2027"),
    # handover
    ("handover", 2, "ROLE is missing"),
    ("handover samordnare@nybro", 2, "--to WHO is missing"),
    ("handover samordnare@nybro --to eva", 6, "holds it already"),
    ("handover samordnare@nybro --to evva", 3, "nearest: Eva Ek"),
    ("handover samordnare@nybro --to kalle", 3, "kontaktnat add contact"),
    ("handover samordnare@nybro --to eva --vacant", 2, "give one of them"),
    ("handover samordnare@nybro --vacant --on blä", 5, "idag"),
    ("handover samordnare@kalmar --vacant", 6, "vacant already"),
    ("handover nybro", 2, "name its successor with --to"),
    ("handover nybro --to kommunen", 3, "kontaktnat add actor"),
    ("handover nybro --to eva", 2, "as function@Nybro kommun"),
    ("handover nybro --to nybro", 6, "its own successor"),
    ("handover nobody --to eva", 3, "nobody"),
    # meetings of a network
    ("log network_meeting --network nowhere --theme x", 3, "nowhere"),
    ("log network_meeting --network nätverket --when 'imorgon 09:00' --attended-all", 5, "still to come"),
    ("log network_meeting --network nätverket --attended-all --attended eva", 2, "give one of them"),
    ("log network_meeting --network nätverket --attended 'eva,evva,nisse'", 3, "); nisse; correct it"),
    ("log network_meeting --network nätverket --attended eva --absent eva", 5, "there and as absent"),
    ("log network_meeting --network nätverket --deputy eva", 2, "WHO:FOR"),
    ("log network_meeting --network nätverket --deputy eva:kalmar", 3, "for whom of them"),
    ("log network_meeting --network nätverket --status kanske", 5, "planned"),
    ("log network_meeting --network nätverket --when '2099-01-02' --status held", 5, "still to come"),
    ("log telefon eva hej --when '2099-01-02' --status genomförd", 5, "still to come"),
    ("log network_meeting --network nätverket --when '2027-03-28 02:30'", 5, "does not exist"),
    ("log visit eva x --attended-all", 2, "--network"),
    ("log visit eva x --declined eva", 2, "--network"),
    ("log network_meeting --network nätverket --when imorgon --accepted nobody", 3, "nobody"),
    ("log training x --participants nybro", 5, "nybro=12"),
    ("log training x --participants nybro=0", 5, "nybro=12"),
    ("log training x --participants nybro=3,nybro=4", 5, "already"),
    ("log training x --participants nowhere=3", 3, "nowhere"),
    ("log training x --audience alla --participants nybro=3", 5, "politicians"),
    ("log sounding_board eva x --support pengar", 5, "advice"),
    ("log phone eva x --topic rykte", 3, "rykte"),
    ("log phone eva x --assignment rykte", 3, "rykte"),
    ("list networks --network nätverket", 2, "network=NAME"),
    ("list contacts --network nowhere", 3, "nowhere"),
    ("set nybro note=x --on idag", 2, "not dated"),
    ("set nybro name=x --on blä", 5, "idag"),
    ("set nybro name=x --on 2099-01-01", 5, "still to come"),
    ("export minutes", 2, "meeting=ID"),
    ("export minutes --set meeting=nowhere", 3, "nowhere"),
    ("export minutes --set meeting=nätverket", 3, "has no meeting yet"),
    # log and done
    ("log", 2, "KIND is missing"),
    ("log telefon", 2, "WHO is missing"),
    ("log telefon , hej", 2, "WHO is missing"),
    ("log telefon eva", 2, "TEXT is missing"),
    ("log telfon eva hej", 5, "nearest: phone"),
    ("log nätv eva hej", 4, "network_meeting"),
    ("log telefon nobody hej", 3, "find TEXT"),
    ("log telefon evva hej", 3, "nearest: Eva Ek"),
    ("log telefon nobody@nybro hej", 3, "nobody@nybro"),
    ("log telefon eva@nowhere hej", 3, "nowhere"),
    ("log telefon eva.ek@elsewhere.example hej", 3, "nearest: Eva Ek"),
    ("log telefon '070-174 06 98' hej", 3, "070-174 06 98"),
    ("log telefon kommun hej", 4, "Kalmar kommun"),
    ("log telefon maj hej", 4, "safety coordinator"),
    ("log telefon eva hej --when blä", 5, "idag"),
    ("log telefon eva hej --when 2026-02-30", 5, "no such day"),
    ("log telefon eva hej --follow-up blä", 5, "2v"),
    ("log telefon eva hej --network nope", 3, "nope"),
    ("log telefon eva hej --mandate 5", 2, "mandate"),
    ("log telefon eva hej --process-step 0", 2, "process-step"),
    ("log telefon eva hej --direction up", 5, "in, out"),
    ("log besök eva x --when '2099-12-17 09:00' --every blä", 5, "varannan vecka"),
    ("log besök eva x --when '2099-12-17 09:00' --every 1m --until blä", 5, "idag"),
    ("log besök eva x --when '2099-12-17 09:00' --every 1m --until 2099-12-01", 5, "before the first"),
    ("log besök eva x --when '2099-12-17 09:00' --every 1m --until 2100-06-30 --times 3", 2, "not both"),
    ("log besök eva x --when '2099-12-17 09:00' --every 1d --until 2100-12-31", 5, "more than 200"),
    ("log besök eva x --when '2099-12-17 09:00' --every 1m --times 0", 2, "times"),
    ("log besök eva x --when 2099-12 --every 1m", 5, "begins on a day"),
    ("log besök eva x --when '2099-03-22 02:30' --every 1v", 5, "2099-03-29: the clocks go forward"),
    ("log besök eva x --times 3", 2, "--every SPAN"),
    ("log telefon eva hej extra", 3, "nothing is called hej"),
    ("done", 2, "WHAT is missing"),
    ("done 9", 3, "kontaktnat today"),
    ("done 0", 3, "kontaktnat today"),
    ("done 1 nope", 3, "1 nope"),
    # set, edit and delete
    ("set", 2, "WHO is missing"),
    ("set eva", 2, "FIELD=VALUE is missing"),
    ("set eva note=Ny växel", 2, "quotes"),
    ("set evva note=x", 3, "nearest: Eva Ek"),
    ("set kommun note=x", 4, "Kalmar kommun"),
    ("set eva nte=x", 5, "nearest: note"),
    ("set eva note+=x", 5, "holds one value"),
    ("set nybro names=x", 5, "kontaktnat edit"),
    ("set nybro cadence=ibland", 5, "varje kvartal"),
    ("set eva note=x --series alla", 2, "is for meetings"),
    ("set möte theme=x --series hela", 3, "möte"),
    ("set ringa recurrence=ibland", 5, "varje kvartal"),
    ("set ringa recurrence+=1m", 5, "holds one value"),
    ("set eva kalmar.source=x", 5, "no such field"),
    ("edit", 2, "WHO is missing"),
    ("edit nobody", 3, "nobody"),
    ("edit eva --from none.toml", 5, "no such file"),
    ("edit eva --from .", 5, "folder"),
    ("edit eva --from -", 5, "the text is empty"),
    ("delete", 2, "WHO is missing"),
    ("delete nobody", 3, "nobody"),
    ("delete kommun", 4, "Kalmar kommun"),
    ("delete eva", 6, "still referred to by"),
    ("snooze", 2, "WHAT is missing"),
    ("snooze skicka", 4, "Eva Ek"),
    ("snooze ringa", 2, "WHEN is missing"),
    ("snooze ringa blä", 5, "2v"),
    ("snooze ringa igår", 5, "a day to come"),
    ("snooze nope 1v", 3, "list followups done_on="),
    ("snooze 9 1v", 3, "kontaktnat today"),
    ("done nope", 3, "list followups done_on="),
    ("done skicka", 4, "Eva Ek"),
    ("done ringa --on blä", 5, "idag"),
    ("done ringa --on 2099-01-01", 5, "still to come"),
    # today, show, find, view
    ("today --days x", 2, "days"),
    ("today --days -1", 2, "days"),
    ("today --days 99999999", 5, "days"),
    ("today --mine --owner anna", 2, "not both"),
    ("view cadence days=1", 5, "view cadence has no parameters: leave days out"),
    ("today --as-of blä", 5, "idag"),
    ("today -o yaml", 2, "table"),
    ("today extra", 2, "extra"),
    ("show", 2, "WHAT is missing"),
    ("show nobody", 3, "find TEXT"),
    ("show nybroo", 3, "nearest: Nybro"),
    ("show kommun", 4, "Kalmar kommun"),
    ("show nybro --as-of blä", 5, "idag"),
    ("show nybro -o yaml", 2, "jsonl"),
    ("find", 2, "TEXT is missing"),
    ("find ' '", 2, "TEXT is missing"),
    ("find x --as-of blä", 5, "idag"),
    ("view nope", 3, "timeline"),
    ("view today days=x", 5, "days"),
    ("view today nope=1", 5, "nope"),
    ("view today days", 5, "days: days is no number"),
    ("view today =1", 2, "NAME=VALUE"),
    ("view today 7 anna x", 2, "x: view today takes days, owner, and no more"),
    ("view today 7 days=3", 2, "days twice, also as days=; it takes days, owner"),
    ("view cadence x", 2, "view cadence has no parameters: leave x out"),
    ("view timeline eva ek=1", 5, "takes who, limit, not ek\n"),
    ("view coverage torsås nowhere", 3, "nowhere"),
    ("view coverage nowhere", 3, "; view coverage takes municipality, assignment, in that order"),
    ("view path", 2, "view path NAME NAME"),
    ("view path eva", 2, "view path NAME NAME"),
    ("view path eva nobody", 3, "nobody"),
    ("view path eva 'eva ek'", 2, "the same person"),
    ("view network nope", 3, "nope"),
    ("view growth x", 2, "no parameters"),
    ("view bra-report 2999", 5, "2999"),
    ("view bra-report i-år", 5, "year: i-år"),
    ("export bra-report --set year=2999", 5, "2999"),
    ("export bra-report --set as=pdf", 5, "markdown, csv"),
    ("export bra-report --set county=kalmar", 5, "year, as"),
    ("export bundle --set year=2999", 5, "2999"),
    ("export bundle --set county=Småland", 5, "Småland"),
    ("export bundle --set topics=några", 5, "shared, all"),
    ("export bundle --set kinds=frukt", 5, "frukt"),
    ("view counties year=2999", 5, "2999"),
    ("view counties places=kanske", 5, "kanske"),
    ("view timeline", 2, "who=NAME"),
    ("view timeline who=nobody", 3, "nobody"),
    ("view timeline who=eva limit=-1", 5, "limit"),
    ("view today --as-of blä", 5, "idag"),
    ("view --explain", 2, "NAME is missing"),
    ("view nope --explain", 3, "timeline"),
    ("view vacancies functions=samordnre", 5, "crime_prevention_coordinator"),
    ("view vacancies functions=kommun", 4, "municipal_police_officer"),
    ("view vacancies stale_days=-1", 5, "stale_days"),
    ("view vacancies days=1", 5, "functions, stale_days"),
    ("view overlap dimension=allt", 5, "target_groups"),
    ("view overlap assignment=inget", 3, "inget"),
    ("view differences a=andts", 2, "a=NAME b=NAME"),
    ("view differences a=andts b=ANDTS", 2, "both ANDTS-förebyggande"),
    ("view double-meetings days=1", 5, "leave days out"),
    ("view silence days=x", 5, "days"),
    ("view silence kind=komun", 5, "municipality"),
    ("view silence sector=blä", 5, "sector"),
    ("list contacts tags=moderaterna", 6, "3 kap. 3 §"),
    ("privacy statistics --year nope", 5, "year: nope"),
    ("privacy statistics --year 2999", 5, "2999"),
    ("privacy statistics --measure nope", 5, "nope"),
    ("view statistics year=2999", 5, "2999"),
    ("view representation network=nope", 3, "nope"),
    ("view representation since=igår", 5, "since: igår"),
    ("view representation since=2026 until=2025", 5, "before since"),
    ("view training audience=barn", 5, "audience"),
    ("view training since=2026-13", 5, "since: 2026-13"),
    ("view support sector=blä", 5, "sector"),
    ("view support since=2099", 5, "before since"),
    # topic
    ("topic", 2, "what? one of add"),
    ("topic rais x", 2, "there is no command rais"),
    ("topic add", 2, "TITLE is missing"),
    ("topic add X --kind rykte", 5, "question"),
    ("topic add X --raised-by nowhere", 3, "nowhere"),
    ("topic add X --raised-by kommun", 4, "Kalmar kommun"),
    ("topic add X --on 2026-13-01", 5, "2026-13-01"),
    ("topic add X --evidence känsla --kind exempel", 5, "evidence"),
    ("topic add X --review 2v", 2, "--kind example"),
    ("topic add X --at nowhere", 3, "nowhere"),
    ("topic add X --at brottsförebyggare", 3, "log network_meeting"),
    ("topic add 'belysning på skolgården'", 4, "--new"),
    ("topic link", 2, "TOPIC is missing"),
    ("topic link skolgården", 2, "KIND is missing"),
    ("topic link skolgården addresses", 2, "OTHER is missing"),
    ("topic link skolgården blä lampor", 5, "addresses"),
    ("topic link skolgården addresses skolgården", 6, "with itself"),
    ("topic link lampor duplicates skolgården", 6, "of two kinds"),
    ("topic lift", 2, "TOPIC is missing"),
    ("topic lift nothing", 3, "find TEXT"),
    ("topic lift trygghetsvandring", 6, "kontaktnat topic spread"),
    ("topic lift skolgården --on 1999-01-01", 5, "before raised_on"),
    ("topic lift skolgården --on 2099-01-01", 5, "still to come"),
    ("topic lift skolgården --on blä", 5, "idag"),
    ("topic answer", 2, "TOPIC is missing"),
    ("topic answer skolgården", 2, "TEXT is missing"),
    ("topic answer skolgården ' '", 2, "TEXT is missing"),
    ("topic answer skolgården ja --on 1999", 5, "before raised_on"),
    ("topic return skolgården", 6, "raised_by="),
    ("topic return besvarad --to torsås", 6, "did not ask"),
    ("topic return besvarad --to ,", 2, "--to names nobody"),
    ("topic return besvarad --to nowhere", 3, "nowhere"),
    ("topic return besvarad --on 2024-01-31", 5, "before answered_on"),
    ("topic close skolgården", 6, "kontaktnat topic answer"),
    ("topic close besvarad", 6, "kontaktnat topic return"),
    ("set besvarad status=closed", 6, "not come home to Kalmar kommun"),
    ("set besvarad status=återförd", 6, "kontaktnat topic return"),
    ("add topic Stängd --set kind=fråga --set status=stängd", 6, "no answer yet"),
    ("topic spread trygghetsvandring", 2, "--to A,B is missing"),
    ("topic spread skolgården --to nybro", 6, "no good example"),
    ("topic spread trygghetsvandring --to nowhere", 3, "nowhere"),
    ("topic uptake trygghetsvandring --by ' '", 2, "--by A,B is missing"),
    ("topic uptake skolgården --by nybro", 6, "kind=example"),
    ("view lifted answer_days=snart", 5, "answer_days"),
    ("view shared-problems least=-1", 5, "least"),
    # list
    ("list", 2, "WHAT is missing"),
    ("list actor", 3, "nearest: actors"),
    ("list nope", 3, "followups"),
    ("list actors nope=1", 5, "nope"),
    ("list actors kind", 2, "FIELD=VALUE"),
    ("list actors =x", 2, "FIELD=VALUE"),
    ("list actors kind=komun", 5, "municipality"),
    ("list actors ways=x", 5, "find"),
    ("list contacts protected=kanske", 5, "neither yes nor no"),
    ("list roles actor=nowhere", 3, "nowhere"),
    ("list roles actor=kommun", 4, "Kalmar kommun"),
    ("list roles since=blä", 5, "idag"),
    ("list networks members=nowhere", 3, "nowhere"),
    ("list words vocabulary=sctor", 3, "sector"),
    ("list words kind=x", 2, "vocabulary=NAME"),
    ("list actors --as-of blä", 5, "idag"),
    ("list actors -o yaml", 2, "csv"),
    ("list actors --save ''", 2, "name"),
    ("list actors --save roles", 2, "take another"),
    ("list actors kind=komun --save mina", 5, "municipality"),
    # merge and review
    ("merge", 2, "KEEP is missing"),
    ("merge nybro", 2, "OTHER is missing"),
    ("merge nybro nowhere", 3, "nowhere"),
    ("merge nybro kommun", 4, "Kalmar kommun"),
    ("merge nybro nybro", 6, "with itself"),
    ("merge nybro 'Eva Ek'", 6, "only two of a kind"),
    ("merge --suggest nybro", 2, "leave the rest out"),
    ("merge --suggest --type role", 2, "contact"),
    ("merge --suggest -o addresses", 2, "ids"),
    ("merge nybro kalmar --type actor", 2, "go with --suggest"),
    ("merge nybro nybro --not-same", 6, "as itself"),
    ("merge nybro kalmar --take rev", 5, "the book keeps this itself"),
    ("merge nowhere.kn", 3, "there is no such file"),
    ("merge b.kn", 6, "the book itself"),
    ("merge kontakter.xlsx", 2, "kontaktnat import kontakter.xlsx"),
    ("merge mobil.VCF --take here", 2, "kontaktnat import mobil.VCF"),
    ("merge nybro kalender.ics", 2, "kontaktnat import kalender.ics"),
    ("merge b.kn b.kn", 2, "name one book"),
    ("merge b.kn --take note", 2, "--take here"),
    ("merge b.kn --take here,there", 2, "--take here"),
    ("merge elsewhere://b", 2, "no installed plugin opens elsewhere"),
    ("review nowhere", 3, "review lists all"),
    ("review --take here=", 2, "take here or there"),
    ("review --take note=here", 2, "WHICH is missing"),
    ("review nowhere --take here", 3, "review lists all"),
    ("review x --take here --new", 2, "one of the"),
    ("review --new", 2, "WHICH is missing"),
    ("review x --new --discard", 2, "one of these"),
    ("review x --take name", 2, "--onto WHO --take name"),
    ("review -o yaml", 2, "jsonl"),
    ("review x --discard --ignore", 2, "one of these"),
    ("review x --discard --at nybro", 2, "--at goes with --new"),
    ("review nowhere --ignore", 3, "review lists all"),
    ("review --heed nobody@nybro.example", 3, "is not ignored"),
    # mail
    ("mail log", 2, "FILE is missing"),
    ("mail log nowhere.eml", 2, "which address is yours?"),
    ("mail log nowhere.eml --me anna@lst.example --rejects .", 5, "it is there already; name a new file"),
    ("mail log nowhere.eml --me anna@lst.example --rejects nowhere/ut.txt", 5, "nowhere/ut.txt: "),
    ("mail log nowhere.eml --me anna@lst.example", 3, "there is no such file or folder"),
    ("mail fetch", 2, "give --host SERVER"),
    ("mail fetch --host x --user y --password-command false", 5, "--password-command: it ended with 1"),
    ("mail fetch --host x --user y --token-command \"'\"", 2, "a quotation mark is not closed"),
    ("mail fetch --host x --user y --since igårkväll --me anna@lst.example", 5, "igårkväll"),
    ("mail log nowhere.eml --me anna", 5, "--me: "),
    ("mail log nowhere.eml --me anna@lst.example --source pigeons", 3, "there is no source of mails pigeons"),
    # privacy
    ("privacy", 2, "one of"),
    ("privacy infrm", 2, "nearest: inform"),
    ("privacy inform --how brev", 2, "whom?"),
    ("privacy inform --all", 2, "--how WORD is missing"),
    ("privacy inform eva", 2, "--how WORD is missing"),
    ("privacy inform eva --all --how brev", 2, "not both"),
    ("privacy inform nobody --how brev", 3, "nobody"),
    ("privacy inform eva --how duva", 5, "list words"),
    ("privacy inform eva --how brev --on blä", 5, "igår"),
    ("privacy inform eva --how brev --on 2099-01-01", 5, "still to come"),
    ("privacy inform eva --how brev --on 2020-01", 5, "no day"),
    ("privacy inform eva --how brev -o json", 2, "for the list"),
    ("privacy inform eva --how brev --as-of 2020", 2, "for the list"),
    ("privacy inform -o yaml", 2, "jsonl"),
    ("privacy inform --text", 6, "[privacy]"),
    ("privacy inform --text nobody", 3, "nobody"),
    ("privacy inform --text eva --how brev", 2, "no other option"),
    ("privacy inform --text -o json", 2, "no other option"),
    ("privacy record", 6, "write controller, mail, dpo under [privacy]"),
    ("privacy record -o table", 2, "markdown"),
    ("privacy record x", 2, "x"),
    ("privacy retention -o yaml", 2, "jsonl"),
    ("privacy retention --as-of blä", 5, "igår"),
    ("privacy retention x", 2, "x"),
    # import
    ("import", 2, "FILE is missing"),
    ("import nope.csv", 5, "no such file"),
    ("import .", 5, "folder"),
    ("import picture.bin", 2, "--format"),
    ("import mejl.msg", 2, ".ics"),
    ("import avtal.pdf", 2, "into Excel"),
    ("import b.kn", 2, "kontaktnat merge b.kn"),
    ("import nul.csv", 5, "no text file"),
    ("import empty.csv", 5, "no header"),
    ("import namn.csv", 5, "the columns are Vem, Var"),
    ("import namn.csv --map name", 3, "FIELD=COLUMN"),
    ("import namn.csv --map Vem=name", 5, "org_number"),
    ("import namn.csv --map name=Nam", 5, "there are Vem, Var"),
    ("import namn.csv --map email=Var", 5, "name=COLUMN"),
    ("import namn.csv --map name=Vem,name=Var", 5, "one column"),
    ("import namn.csv --map name=Vem --as person", 5, "person"),
    ("import namn.csv --map name=Vem --as role", 5, "actor or a contact"),
    ("import namn.csv --map name=Vem --format nope", 3, "jsonl"),
    ("import namn.csv --map name=Vem --save a=b", 2, "plain name"),
    ("import namn.csv --map name=Vem --set nope=1", 5, "there is: as, map"),
    ("import namn.csv --map name=Vem --set nope", 2, "NAME=VALUE"),
    ("import namn.csv --format json", 5, "no JSON"),
    ("import text.kn --format jsonl", 5, "no JSON"),
    ("import foreign.json", 5, "schema"),
    ("import newer.jsonl", 6, "upgrade"),
    ("import hidden.jsonl", 6, "--reveal REASON"),
    ("import bad.csv --rejects b.kn", 6, "the book itself"),
    ("import bad.vcf", 5, "BEGIN:VCARD"),
    ("import namn.csv --format vcard", 5, "BEGIN:VCARD"),
    ("import kort.vcf --as role", 5, "an actor or a contact"),
    ("import kort.vcf --map name=FN", 5, "there is: as, drop"),
    ("-b none.kn import namn.csv --map name=Vem", 3, "init"),
    ("-b none.kn import foreign.json", 5, "schema"),
    # export
    ("export", 2, "FORMAT is missing"),
    ("export nope", 3, "markdown"),
    ("export csv --set type=nope", 5, "nope"),
    ("export csv --set excel=kanske", 5, "excel"),
    ("export vcard --set version=2.1", 5, "3.0, 4.0"),
    ("export vcard --set type=role", 5, "contact, actor"),
    ("export vcard --set nope=1", 5, "there is: version, type"),
    ("export csv --set nope=1", 5, "there is: type, excel"),
    ("export ics --set nope=1", 5, "there is: from, until, network"),
    ("export ics --set feed=maybe", 5, "feed"),
    ("export ics --set from=nu", 5, "2026-11-12"),
    ("export json --set history=maybe", 5, "history"),
    ("export jsonl --set history", 2, "NAME=VALUE"),
    ("export markdown --set kind=blä", 5, "list words"),
    ("export markdown --set nope=1", 5, "nope"),
    ("export markdown --set actor=nope", 3, "nope"),
    ("export jsonl --as-of blä", 5, "idag"),
    ("export jsonl -O no/such/x.jsonl", 5, "no folder"),
    ("export jsonl -O .", 5, "directory"),
    ("export jsonl -O b.kn", 6, "the book itself"),
    ("export jsonl -O ./b.kn.lock", 6, "the book itself"),
    ("export jsonl --reveal ''", 6, "say why"),
    ("list contacts --reveal ' '", 6, "say why"),
    # history and undo
    ("history nobody", 3, "nobody"),
    ("history --limit 0", 2, "limit"),
    ("history -o yaml", 2, "csv"),
    ("undo x", 2, "undo --help"),
    ("undo 0", 2, "0"),
    ("undo 999", 3, "999"),
    ("undo --by nobody", 3, "nobody"),
    ("undo 2", 6, "--skip-changed"),
    # check and plugins
    ("check extra", 2, "extra"),
    ("check -o yaml", 2, "csv"),
    ("plugins extra", 2, "extra"),
    ("plugins check", 2, "NAME"),
    ("plugins check nobody", 3, "no plugin nobody is installed"),
    ("plugins check sweden --file none.csv", 2, "none.csv"),
    ("plugins check sweden --set x", 2, "write NAME=VALUE"),
]  # fmt: skip


@pytest.fixture
def day(kalmar: Any, tmp_path: Path) -> Any:
    """A book with some people and promises, and files that cannot be imported."""
    for words in (
        ("add", "contact", "Eva Ek", "--role", "samordnare@nybro", "--email", "eva.ek@nybro.example"),
        ("add", "contact", "Maj Lind", "--role", "samordnare@torsås"),
        ("add", "role", "trygghetssamordnare@torsås", "--contact", "maj"),
        ("log", "telefon", "eva", "skola", "--promised", "skicka underlag"),
        ("log", "telefon", "eva", "skola", "--promised", "skicka protokoll", "--they-promised", "ringa"),
        ("topic", "add", "Belysning på skolgården", "--kind", "fråga", "--on", "2024-01-10"),
        ("topic", "add", "Besvarad fråga", "--kind", "fråga", "--raised-by", "kalmar", "--on", "2024-01-10"),
        ("topic", "answer", "besvarad", "Ja", "--on", "2024-02-01"),
        ("topic", "add", "Fler lampor", "--kind", "förslag"),
        ("topic", "add", "Trygghetsvandring", "--kind", "exempel"),
    ):
        assert kalmar(*words).code == 0, words
    files: dict[str, bytes] = {
        "text.kn": b"this is no book\n",
        "picture.bin": bytes(range(256)),
        "mejl.msg": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "avtal.pdf": b"%PDF-1.4",
        "nul.csv": b"name,email\0\n",
        "empty.csv": b"\n\n",
        "namn.csv": b"Vem,Var\nBo Ask,bo.ask@nybro.example\n",
        "bad.csv": b"name,email\nBo Ask,nope\n",
        "foreign.json": b'{"records": []}',
        "bad.vcf": b"FN:Eva Ek\n",
        "kort.vcf": b"BEGIN:VCARD\nFN:Eva Ek\nEND:VCARD\n",
        "newer.jsonl": b'{"schema":"kontaktnat/9"}\n',
        "hidden.jsonl": b'{"schema":"kontaktnat/1","hidden":2}\n',
    }
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    return kalmar


def test_every_wrong_input(day: Any, tmp_path: Path) -> None:
    """One test, for one book serves all: none of these may change it."""
    before = (tmp_path / "b.kn").read_bytes()
    files = sorted(tmp_path.iterdir())
    surprises = []
    for command, code, says in WRONG:
        ran = day(*shlex.split(command))
        fine = (
            ran.code == code
            and ran.err.startswith("kontaktnat: ")
            and ran.err.count("\n") == 1
            and says in ran.err
            and "Traceback" not in ran.err
            and not ran.out
            and (tmp_path / "b.kn").read_bytes() == before
            and sorted(tmp_path.iterdir()) == files
        )
        if not fine:
            surprises.append((command, code, says, ran))
    assert not surprises, "\n".join(map(str, surprises))


def test_every_command_has_its_wrong_input() -> None:
    from kontaktnat.cli.main import COMMANDS

    assert {shlex.split(command)[0] for command, _, _ in WRONG} >= COMMANDS.keys()


def test_debug_shows_where_it_came_from(day: Any) -> None:
    ran = day("--debug", "show", "nobody")
    assert ran.code == 3
    assert "Traceback" in ran.err
    assert ran.err.splitlines()[-1].startswith("kontaktnat: nothing is called nobody")


def test_a_bug_is_said_without_anybodys_data(day: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from kontaktnat.cli import todo

    def fail(*_: object) -> None:
        raise RuntimeError("Eva Ek, 070-174 06 11")

    monkeypatch.setattr(todo, "emit_view", fail)
    ran = day("today")
    assert ran.code == 1
    assert "RuntimeError" in ran.err
    assert "--debug" in ran.err
    assert "Eva" not in ran.err
    told = day("--debug", "today").err
    assert "Eva" not in told
    assert "in fail\nRuntimeError\n" in told


def test_wrong_configuration(day: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = tmp_path / "config.toml"
    monkeypatch.setenv("KONTAKTNAT_CONFIG", str(config))
    assert day("today").code == 2  # named, but not there
    for content, code in ((b"x = = 1", 5), (b"\xff\xfe", 5), (b'required = ["nope"]', 9)):
        config.write_bytes(content)
        ran = day("today")
        assert ran.code == code, ran
        assert ran.err.count("\n") == 1
        help_ = day("--help")
        assert help_.code == 0, "help is needed most when something is wrong"
        assert "  today" in help_.out
        assert day("--version").code == 0


def test_the_bare_command_is_help(run_cli: Any) -> None:
    ran = run_cli(book=None)
    assert ran.code == 0
    assert ran.out == run_cli("--help", book=None).out
    assert "  undo" in ran.out


def test_what_ends_by_exit_has_its_code(kalmar: Any, tmp_path: Path) -> None:
    """`check` prints findings and exits with 5; that code got lost once on the way out."""
    (tmp_path / "x.jsonl").write_text(
        '{"schema":"kontaktnat/1"}\n'
        + json.dumps({"type": "actor", "id": "abcdefgh", "name": "X", "kind": "zzz"})
    )
    assert kalmar("check").code == 0
    assert kalmar("import", "x.jsonl").code == 0
    ran = kalmar("check", "-o", "csv")
    assert ran.code == 5
    assert "zzz" in ran.out


class _Spy(gettext.NullTranslations):
    def __init__(self, real: gettext.NullTranslations) -> None:
        super().__init__()
        self.real, self.asked = real, set[str]()

    def gettext(self, message: str) -> str:
        self.asked.add(message)
        return self.real.gettext(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        self.asked.add(msgid1)
        return self.real.ngettext(msgid1, msgid2, n)


def _known() -> set[str]:
    """Every sentence in the catalogues."""
    found: set[str] = set()
    for folder in (ROOT / "src", ROOT / "plugins"):
        for compiled in folder.rglob("sv/LC_MESSAGES/*.po"):
            with compiled.open("rb") as stream:
                keys = [message.id for message in read_po(stream)]
            found |= {key if isinstance(key, str) else key[0] for key in keys}
    return found


def test_every_wrong_input_is_told_in_swedish(day: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same codes, one line each, and no sentence that a catalogue does not have."""
    spy = _Spy(i18n.catalogue("sv"))
    monkeypatch.setattr(i18n, "catalogue", lambda lang: spy)
    for words, code, _ in WRONG:
        ran = day("--lang", "sv", *shlex.split(words))
        assert (ran.code, ran.out, ran.err.count("\n")) == (code, "", 1), words
    templates = {one for one in spy.asked if re.search(r"[a-zA-Z]", re.sub(r"\{\w+(![rs])?\}", "", one))}
    assert templates
    assert templates - _known() == set()
