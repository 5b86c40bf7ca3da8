"""Harbour with what a variant made from it has to say on top: how long people spoke, a look back by
every team, a mentor, a review and a plan for those at the top too, more who work together."""
import goodorder as good
from programme import Programme

LEARNT = ("competence review", "development plan", "peer group", "time to reflect")


def harbour():
    p = Programme.read()
    for decision in p.sheets["decisions"]:
        if decision.get("scale") == "strategic" and not p.rows(
                "decision_rights", decision=decision["key"], post="falls-team-lead"):
            p.add("decision_rights", decision=decision["key"], right_held="is consulted",
                  post="falls-team-lead")
    return p


def follow(p):
    """Somebody is being prepared for every post that leads."""
    followers = {"hospital-director": "flow-manager", "community-director": "nurse-consultant",
                 "gp-management-lead": "project-manager"}
    for post, person in followers.items():
        if not p.rows("post_holders", post=post, manner="being prepared"):
            p.add("post_holders", post=post, person=person, manner="being prepared")


def finish(p):
    """What comes last, when everybody is there."""
    speak(p)
    everyone, places = good.leaders(p), good.Places(p)
    for i, person in enumerate(everyone):
        others = places.elsewhere(person, everyone, i * 3 + 1)
        if not p.rows("relationships", person=person, type="is mentored by"):
            p.tie(person, "is mentored by", good.mentor_of(p, places, person, others))
        mentor = p.rows("relationships", person=person, type="is mentored by")[-1]["other"]
        p.tie(person, "is a peer of", others[1])
        p.tie(person, "is sponsored by", good.sponsor_of(p, places, person, everyone))
        for kind, day in zip(LEARNT, ("2025-11-20", "2026-01-22", "2026-04-28", "2026-06")):
            if not p.rows("learning", person=person, type=kind):
                p.add("learning", person=person, type=kind, happened=day,
                      with_person=mentor if kind in LEARNT[:2] else "")
    good.reflect(p)
    good.weave(p)
    good.cover(p)


def speak(p):
    """About as long for each; a little longer for those who speak for people who use services."""
    for i, row in enumerate(p.sheets["attendance"]):
        if row["presence"] != "present" or "minutes_spoken" in row:
            continue
        lived = p.profession_of(row["person"]) == "none"
        row["minutes_spoken"] = "8" if lived else str(4 + (i * 3) % 5)
