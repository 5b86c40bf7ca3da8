"""The map of who is tied to whom, and its measures: every form says the same, whatever names hold."""
import csv
import io
import json
import os
import subprocess
import xml.etree.ElementTree as ElementTree

from support import SAMPLES, Case, ask, ithaca

HARBOUR = SAMPLES / "harbour"
DAY = ("--as-of", "2026-06-30")
SVG = "{http://www.w3.org/2000/svg}"
GRAPHML = "{http://graphml.graphdrawing.org/xmlns}"

HOSTILE = {
    "a": '"><script>alert(1)</script>',
    "b": "back\\nslash \\N \\",
    "c": "</svg>",
    "d": "quote \" and ' & &lt; &#65; ]]>",
    "e": "two\nlines",
    "f": "\"]; evil [shape=star, label=\"",
}


def quoted(text):
    return '"' + text.replace('"', '""') + '"'


def programme(people, rest, employers=None):
    """A workbook of people by key, in two organisations in turn."""
    lines = ["[Programme]", "Key,Name", "p,Programme", "[Organisations]", "Key,Name,Sector,Part",
             "hospital,Hospital,hospital care,host", "council,Council,social care,partner",
             "[People]", "Key,Name,Employer"]
    for i, (key, name) in enumerate(people.items()):
        employer = (employers or {}).get(key, ["hospital", "council"][i % 2])
        lines.append(f"{key},{quoted(name)},{employer}")
    return "\n".join(lines) + "\n" + rest


# Two triangles joined by one tie, from c to d.
BRIDGE = {key: f"{key.upper()}." for key in "abcdefg"}
BRIDGED = """[Relationships]
Person,Other,Type,Mutual
a,b,works with,yes
b,c,works with,yes
a,c,works with,yes
c,d,works with,no
d,e,works with,yes
e,f,works with,yes
d,f,works with,yes
"""


def svg_of(path, *arguments):
    result = ithaca("map", path, "--format", "svg", *arguments)
    assert result.returncode == 0, result.stderr
    return ElementTree.fromstring(result.stdout)


def shown(svg):
    """All that is written in the picture, without line breaks and spaces."""
    return squeezed("".join(text.text or "" for text in svg.iter(SVG + "text")))


def squeezed(text):
    return "".join(text.split()).replace("\u00a0", "")


def rows(result):
    return list(csv.DictReader(io.StringIO(result.stdout)))


class TheMap(Case):

    def test_every_form_shows_everybody(self):
        people = rows(ithaca("map", HARBOUR, *DAY, "--format", "csv"))
        self.assertEqual(27, len(people))
        svg = svg_of(HARBOUR, *DAY)
        titles = {title.text for title in svg.iter(SVG + "title")}
        words = svg.find(SVG + "desc").text
        text = " ".join(ithaca("map", HARBOUR, *DAY).stdout.split())
        graphml = ElementTree.fromstring(
            ithaca("map", HARBOUR, *DAY, "--format", "graphml").stdout)
        nodes = {node.get("id") for node in graphml.iter(GRAPHML + "node")}
        self.assertEqual({person["Person"] for person in people}, nodes)
        for person in people:
            self.assertIn(f"{person['Name']} [{person['Person']}]", titles)
            self.assertIn(person["Name"], words)
            self.assertIn(person["Name"], text)

    def test_the_picture_can_be_read_aloud(self):
        svg = svg_of(HARBOUR, *DAY)
        self.assertEqual("img", svg.get("role"))
        ids = {element.get("id"): element for element in svg}
        title, words = (ids[name] for name in svg.get("aria-labelledby").split())
        self.assertEqual(SVG + "title", title.tag)
        self.assertIn("Harbour", title.text)
        self.assertIn("join others most", words.text)
        self.assertIn("“network manager, Harbour”", words.text)

    def test_names_are_shown_as_they_are(self):
        path = self.sheets(programme(HOSTILE, "[Relationships]\nPerson,Other,Type\na,b,works with\n"
                                     "b,c,works with\nc,d,works with\nd,e,works with\n"
                                     '[Teams]\nKey,Name,Type\nt,"Team ""]; <b>&amp;\\l",board\n'
                                     "[Team members]\nTeam,Person\nt,a\nt,b\n"))
        svg = svg_of(path)
        self.assertEqual(set(), {e.tag for e in svg.iter()} &
                         {SVG + "script", SVG + "b", SVG + "a", SVG + "image"})
        written = shown(svg)
        titles = [title.text for title in svg.iter(SVG + "title")]
        for key, name in HOSTILE.items():
            self.assertIn(squeezed(name), written)
            self.assertIn(f"{' '.join(name.split())} [{key}]", titles)
        self.assertIn(squeezed('Team "]; <b>&amp;\\l'), written)
        graphml = ElementTree.fromstring(ithaca("map", path, "--format", "graphml").stdout)
        names = {data.text for node in graphml.iter(GRAPHML + "node") for data in node
                 if data.get("key") == "name"}
        self.assertEqual(set(HOSTILE.values()), names)

    def test_the_legend_tells_only_of_marks_that_are_there(self):
        written = shown(svg_of(self.sheets(programme(BRIDGE, BRIDGED))))
        self.assertIn(squeezed("so many are cut off from the rest"), written)
        written = shown(svg_of(SAMPLES / "oxfordshire", "--as-of", "2017-12-31"))
        self.assertNotIn("★", written)
        self.assertNotIn("✂", written)

    def test_nobody_is_said_to_join_who_joins_nobody(self):
        text = ithaca("network", SAMPLES / "oxfordshire", "--as-of", "2017-12-31").stdout
        told = text.split("The people who join others most\n")[1]
        self.assertTrue(told.startswith("Nobody is on the way between two others.\n"))

    def test_who_holds_parts_on_is_marked_in_words(self):
        path = self.sheets(programme(BRIDGE, BRIDGED))
        text = " ".join(ithaca("map", path).stdout.split())
        self.assertIn("7 people, 7 pairs of them tied", text)
        self.assertIn("6 people hang together in one piece. Tied to nobody in the records: “G.”.",
                      text)
        self.assertIn("If “C.” goes, 2 people are cut off from the rest.", text)
        self.assertIn("These 2 people join others most, being most often on the shortest way "
                      "between two people: “C.” and “D.”.", text)
        svg = svg_of(path)
        written = shown(svg)
        self.assertEqual(2, written.count(squeezed("without: 2 cut off")))
        self.assertIn("★C.", written)
        self.assertIn(squeezed("Tied to nobody in the records"), written)
        thick = [edge for edge in svg.iter(SVG + "g") if edge.get("class") == "edge"
                 and any(path.get("stroke-width") == "4" for path in edge.iter(SVG + "path"))]
        self.assertEqual(1, len(thick))
        self.assertIn("[c]", thick[0].find(SVG + "title").text)
        self.assertIn("[d]", thick[0].find(SVG + "title").text)

    def test_only_a_tie_with_a_direction_has_an_arrow(self):
        """Also between neighbours in a column, where Graphviz could mix it up."""
        employers = dict.fromkeys("abc", "hospital") | dict.fromkeys("defg", "council")
        svg = svg_of(self.sheets(programme(BRIDGE, BRIDGED, employers)))
        arrows = {edge.find(SVG + "title").text: len(edge.findall(SVG + "polygon"))
                  for edge in svg.iter(SVG + "g") if edge.get("class") == "edge"}
        self.assertEqual(7, len(arrows))
        for title, heads in arrows.items():
            self.assertEqual(1 if "[c]" in title and "[d]" in title else 0, heads, title)

    def test_kinds_of_tie_can_be_chosen(self):
        def ties(*arguments):
            graphml = ElementTree.fromstring(
                ithaca("map", HARBOUR, *DAY, "--format", "graphml", *arguments).stdout)
            return [data.text for data in graphml.iter(GRAPHML + "data")
                    if data.get("key") == "kind"]
        every = ties()
        self.assertEqual({"shared team", "message route", "relationship", "line management"},
                         set(every))
        self.assertEqual(every.count("relationship"), len(ties("--ties", "relationship")))
        some = ties("--ties", "line management,message-route")
        self.assertEqual({"line management", "message route"}, set(some))
        self.assertNotIn("Harbour board", shown(svg_of(HARBOUR, *DAY, "--ties", "relationship")))
        wrong = ithaca("map", HARBOUR, "--ties", "friendship")
        self.assertEqual(2, wrong.returncode)
        self.assertIn("shared team, message route, relationship and line management",
                      " ".join(wrong.stderr.split()))

    def test_a_large_map_says_what_it_leaves_out(self):
        people = {f"p{i}": f"Person {i}" for i in range(200)}
        ties = [(i, j) for i in range(200) for j in range(i + 1, 200) if (i * 31 + j * 17) % 29 == 0]
        path = self.sheets(programme(people, "[Relationships]\nPerson,Other,Type\n" +
                                     "".join(f"p{i},p{j},works with\n" for i, j in ties)))
        svg = svg_of(path)
        written = shown(svg)
        for name in people.values():
            self.assertIn(squeezed(name), written)
        drawn = sum(edge.get("class") == "edge" for edge in svg.iter(SVG + "g"))
        self.assertIn(f"{len(ties) - drawn}ties", written)
        self.assertLess(0, drawn)

    def test_networkx_reads_the_graphml(self):
        script = ("import sys, json, networkx\n"
                  "graph = networkx.read_graphml(sys.stdin.buffer)\n"
                  "print(json.dumps([graph.nodes['c'], graph.number_of_edges(), "
                  "sorted(networkx.articulation_points(graph.to_undirected()))]))\n")
        if subprocess.run(["/usr/bin/python3", "-c", "import networkx"], check=False,
                          capture_output=True).returncode:
            self.skipTest("networkx is not installed")
        path = self.sheets(programme(BRIDGE, BRIDGED))
        graphml = ithaca("map", path, "--format", "graphml").stdout
        done = subprocess.run(["/usr/bin/python3", "-c", script], input=graphml, text=True,
                              capture_output=True, check=True)
        node, edges, cuts = json.loads(done.stdout)
        self.assertEqual(["c", "d"], cuts)
        self.assertEqual(7, edges)
        self.assertEqual(("C.", True, 2), (node["name"], node["is_cut"], node["cut_off"]))
        self.assertAlmostEqual(6, node["betweenness"])

    def test_without_graphviz_there_is_a_message_and_no_file(self):
        picture = self.folder / "map.svg"
        nowhere = os.environ | {"PATH": str(self.folder)}
        result = ithaca("map", HARBOUR, "--format", "svg", "--output", picture, env=nowhere)
        self.assertEqual(2, result.returncode)
        self.assertIn("apt-get install graphviz", " ".join(result.stderr.split()))
        self.assertFalse(picture.exists())
        self.assertEqual(0, ithaca("map", HARBOUR, "--format", "dot", env=nowhere).returncode)

    def test_nothing_is_written_over(self):
        picture = self.folder / "map.svg"
        first = ithaca("map", HARBOUR, *DAY, "--format", "svg", "--output", picture)
        self.assertEqual((0, ""), (first.returncode, first.stdout))
        before = picture.read_text(encoding="utf-8")
        self.assertTrue(before.startswith("<svg "))
        again = ithaca("map", HARBOUR, *DAY, "--format", "text", "--output", picture)
        self.assertEqual(2, again.returncode)
        self.assertEqual(before, picture.read_text(encoding="utf-8"))

    def test_nobody_and_no_ties(self):
        nobody = self.sheets(programme({}, ""))
        for form in ("text", "svg", "dot", "graphml", "csv"):
            self.assertEqual(0, ithaca("map", nobody, "--format", form).returncode, form)
        alone = self.sheets(programme({"a": "Alone"}, ""))
        self.assertIn("Tied to nobody in the records: “Alone”.",
                      " ".join(ithaca("map", alone).stdout.split()))
        self.assertIn("Alone", shown(svg_of(alone)))
        for form in ("text", "json", "csv"):
            self.assertEqual(0, ithaca("network", alone, "--format", form).returncode, form)

    def test_text_fits_the_terminal(self):
        for command in ("map", "network"):
            for line in ithaca(command, HARBOUR, *DAY).stdout.splitlines():
                self.assertLessEqual(len(line), 80, line)


class TheNumbers(Case):

    def test_a_network_worked_out_by_hand(self):
        employers = dict.fromkeys("abc", "hospital") | dict.fromkeys("defg", "council")
        path = self.sheets(programme(BRIDGE, BRIDGED, employers))
        answer = ask("network", path)
        found = {(m["measure"], m["group"]): m for m in answer["measures"]}
        value = {key: measure["value"] for key, measure in found.items()}
        self.assertEqual(7, value["people", None])
        self.assertEqual(7, value["ties", None])
        self.assertAlmostEqual(7 / 21, value["density", None])
        self.assertEqual(2, value["components", None])
        self.assertEqual(1, value["bridges", None])
        self.assertEqual(2, value["cut_people", None])
        self.assertEqual(2, value["core", None])
        self.assertAlmostEqual(12 / 13, value["reciprocity", None])
        self.assertAlmostEqual((1 - 6) / 7, value["ei", "organisation"])
        # 3 of the hospital, 4 of the council: 12 of 21 pairs are of different organisations
        self.assertAlmostEqual(2 * 12 / 21 - 1, found["ei", "organisation"]["expected"])
        # b-c-d and a-c-d begin at home, c-d-e and c-d-f end there
        self.assertEqual(2, value["brokerage", "representative"])
        self.assertEqual(2, value["brokerage", "gatekeeper"])
        self.assertEqual(0, value["brokerage", "liaison"])
        people = {person["key"]: person for person in answer["people"]}
        self.assertAlmostEqual(6, people["c"]["betweenness"])
        self.assertEqual(2, people["c"]["brokerage"]["representative"])

    def test_a_spreadsheet_gets_the_same_figures(self):
        answer = ask("network", HARBOUR, *DAY)
        people = {person["key"]: person for person in answer["people"]}
        for row in rows(ithaca("map", HARBOUR, *DAY, "--format", "csv")):
            for heading in ("Betweenness", "Constraint", "Effective size"):
                figure = people[row["Person"]][heading.lower().replace(" ", "_")]
                self.same(figure, row[heading])
        for row, measure in zip(rows(ithaca("network", HARBOUR, *DAY, "--format", "csv")),
                                answer["measures"], strict=True):
            for heading in ("Value", "Expected", "p"):
                self.same(measure[heading.lower()], row[heading])

    def same(self, figure, cell):
        """To nine digits; a minus is guarded like any that could begin a formula."""
        if figure is None:
            self.assertEqual("", cell)
        else:
            self.assertAlmostEqual(float(cell.lstrip("'")), figure, delta=1e-9 * abs(figure))

    def test_every_measure_says_how_it_is_counted(self):
        for row in rows(ithaca("network", HARBOUR, *DAY, "--format", "csv")):
            self.assertGreater(len(row["Definition"]), 30, row)
            self.assertGreater(len(row["Reading"]), 10, row)

    def test_only_the_kinds_asked_for_are_counted(self):
        def pairs(*arguments):
            answer = ask("network", HARBOUR, *DAY, *arguments)
            return answer["ties"], next(m["value"] for m in answer["measures"]
                                        if m["measure"] == "ties")
        self.assertEqual((["relationship"], 49), pairs("--ties", "relationship"))
        self.assertGreater(pairs()[1], 49)
