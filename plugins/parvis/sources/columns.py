"""Which column of an export holds what: headers as French and English forms, shops and spreadsheets write them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

# What a header may be called, whole, without accents, capitals, brackets and "votre". The first that is there counts.
CALLED = {
    "id": [
        "submission id", "id de soumission", "id de la soumission", "response id", "id de reponse",
        "identifiant de l avis", "review id", "id", "identifiant", "reference", "ref", "uuid", "token", "n", "#",
    ],
    "text": [
        "temoignage", "testimonial", "avis", "review", "texte de l avis", "review text", "review body",
        "review content", "contenu de l avis", "verbatim", "commentaire", "comment", "commentaires", "comments",
        "feedback", "message",
        "retour", "retour d experience", "opinion", "texte", "text", "contenu", "content", "body", "citation", "quote",
    ],
    "name": [
        "nom complet", "full name", "nom et prenom", "prenom et nom", "nom prenom", "prenom nom", "nom affiche",
        "display name", "nom du client", "customer name", "reviewer name", "author name", "auteur", "author",
        "reviewer", "reviewer display name", "consumer display name", "consumer name", "nom du consommateur",
        "review username", "username", "user name",
        "nom d utilisateur", "nickname", "reviewer nickname", "profile name", "client", "customer", "user", "pseudo",
        "pseudonyme",
    ],
    "first_name": ["prenom", "first name", "firstname", "given name"],
    "last_name": ["nom", "name", "nom de famille", "last name", "lastname", "surname", "family name"],
    "title": ["titre de l avis", "review title", "titre", "title", "headline"],
    "rating": [
        "note", "note globale", "note de l avis", "rating", "overall rating", "review rating", "star rating", "stars",
        "etoiles",
        "nombre d etoiles", "score", "evaluation", "satisfaction",
    ],
    "date": [
        "horodateur", "timestamp", "submitted at", "submitted on", "submit date", "submission date", "date submitted",
        "date de soumission", "date d envoi", "date de l avis", "review date", "date de publication",
        "publication date", "published at", "published on", "published", "publie le", "soumis le", "envoye le",
        "depose le", "posted on", "completed at", "created at", "creation date", "date de creation", "created",
        "review created", "review created date", "date de creation de l avis", "create time", "created time",
        "created on", "date created", "date et heure", "datetime",
        "review datetime", "date", "start date", "time",
    ],
    "experience_date": [
        "date d experience", "date de l experience", "experience date", "date of experience", "date d achat",
        "date de l achat", "purchase date", "date of purchase", "date de visite", "visit date", "date de sejour",
        "date de commande", "order date", "date d utilisation",
    ],
    "product": ["produit", "product", "nom du produit", "product name", "product title", "article", "service"],
    "role": ["role", "fonction", "poste", "job title", "profession", "metier", "position", "occupation"],
    "verified": [
        "achat verifie", "verified purchase", "verified buyer", "avis verifie", "verified review", "verifie",
        "verified",
    ],
    "reward": ["contrepartie", "recompense", "reward", "incentive", "compensation", "cadeau"],
    "consent": [
        "consentement", "consent", "accord", "accord de publication", "autorisation", "autorisation de publication",
        "permission", "publication", "publier", "publish", "rgpd", "gdpr", "opt in", "optin",
    ],
    "url": ["lien de l avis", "review url", "review link", "permalink", "url", "lien", "link"],
    "state": [
        "statut", "statut de l avis", "etat", "status", "review status", "state", "response type", "type de reponse",
    ],
    "lang": ["langue", "langue de l avis", "language", "lang", "locale", "review language"],
}  # fmt: skip

# Questions, where no header has such a name. In this order: "Votre note sur le produit" is a note.
ASKED = {
    "rating": re.compile(r"\b(?:note|notez|rating|rate|etoiles|stars)\b"),
    "experience_date": re.compile(
        r"\b(?:date|quand|when)\b.*\b(?:experience|achete|achat|visite|sejour|commande|bought)\b"
    ),
    "verified": re.compile(r"\b(?:verifiee?|verified)\b"),
    "reward": re.compile(r"\b(?:recompense|contrepartie|reward|incentive)\b"),
    "text": re.compile(
        r"\b(?:temoignage|testimonial|avis|review|commentaires?|comments?|feedback|opinion|message|racontez"
        r"|que pensez vous|qu avez vous pense|what do you think|what did you think|tell us)\b"
    ),
    "product": re.compile(r"\b(?:produit|product)\b"),
    "role": re.compile(r"\b(?:fonction|metier|profession|job)\b"),
    "name": re.compile(
        r"\b(?:nom complet|full name|your name|vous appelez|quel nom|which name|votre nom|ton nom"
        r"|(?:votre|ton|your) (?:prenom|first name)|signature)\b"
    ),
    "date": re.compile(r"\b(?:horodat\w+|timestamp|submitted|soumis\w*)\b"),
}
AGREEING = re.compile(
    r"\b(?:accept\w*|autoris\w+|consen\w+|agree|allow|permission|permets|permettez|d accord|publier|publish"
    r"|(?:etre|soit) publie\w*|be published|(?:may|can) we|pouvons nous|peut on)\b"
)
OF_MAILINGS = re.compile(
    r"\b(?:newsletter|infolettre|lettre d information|marketing|offres|recevoir|receive|recontact\w*)\b"
)
OF_PUBLISHING = re.compile(r"\b(?:publi\w+|temoignage|testimonial|avis|review|diffus\w+|utilis\w+|use)\b")
PRIVATE = re.compile(r"\b(?:e ?mails?|mail|courriel|phone|telephone|tel|mobile|portable|ip|network|adresse|address)\b")
OWNER = re.compile(r"^(?:votre|ton|ta|vos|your|le|la|les|l|the)\s+")


def plainly(header: str) -> str:
    """A header in small letters, without accents, brackets, marks and "votre"; `starRating` is two words."""
    bare = re.sub(r"\([^()]*\)|\[[^\[\]]*\]|(?<=[a-z\d])(?=[A-Z][a-z])", " ", header)
    letters = "".join(c for c in unicodedata.normalize("NFKD", bare) if not unicodedata.combining(c)).casefold()
    words = " ".join(re.findall(r"[^\W_]+", letters))
    return OWNER.sub("", words) or header.strip()


def found(headers: Sequence[str], declared: Mapping[str, int]) -> dict[str, list[int]]:
    """Columns, counted from 0, by what they hold; `declared` ones are given. Several may ask for consent."""
    names = [plainly(header) for header in headers]
    columns = {field: [column] for field, column in declared.items()}
    free = set(range(len(names))) - set(declared.values())
    if "consent" not in columns:
        asking = [i for i in sorted(free) if _asks_consent(names[i])]
        columns |= {"consent": asking} if asking else {}
        free -= set(asking)
    for field, called in CALLED.items():
        named = next((i for name in called for i in sorted(free) if names[i] == name), None)
        if field not in columns and named is not None:
            columns[field] = [named]
            free.discard(named)
    for field, asked in ASKED.items():
        open_ones = (i for i in sorted(free) if asked.search(names[i]) and not PRIVATE.search(names[i]))
        if field not in columns and (matching := next(open_ones, None)) is not None:
            columns[field] = [matching]
            free.discard(matching)
    return columns


def _asks_consent(name: str) -> bool:
    """Whether a question is for leave to publish. Leave to send mail is another one."""
    if name in CALLED["consent"]:
        return True
    if any(name in called for called in CALLED.values()):
        return False
    return bool(AGREEING.search(name) and (OF_PUBLISHING.search(name) or not OF_MAILINGS.search(name)))
