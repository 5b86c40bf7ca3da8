"""gen/templates: templates in which escaping would be uncertain stop the build with the place."""
import os
import pathlib
import subprocess
import tempfile
import unittest

PROGRAM = pathlib.Path(os.environ["ITHACA"]).resolve().parent / "templates-gen"
START = "{% template page(const char *value) %}\n"


class Templates(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        (self.root / "src/room").mkdir(parents=True)

    def made(self, **files):
        for name, text in files.items():
            (self.root / "src/room" / f"{name}.html").write_text(text)
        return subprocess.run(
            [PROGRAM, self.root / "out.h", self.root / "out.c", self.root, "src"],
            capture_output=True, text=True)

    def source(self, **files):
        made = self.made(**files)
        self.assertEqual((made.returncode, made.stderr), (0, ""))
        return (self.root / "out.c").read_text()

    def refused(self, line, message, text):
        """The fault is on that line, where the first line below START is 2."""
        with self.subTest(text):
            made = self.made(a=text)
            self.assertEqual(made.returncode, 1, made.stderr)
            self.assertTrue(made.stderr.startswith(f"src/room/a.html:{line}: "), made.stderr)
            self.assertIn(message, made.stderr)
            self.assertFalse((self.root / "out.c").exists())

    def body_refused(self, line, message, body):
        self.refused(line, message, START + body)

    def test_no_templates(self):
        self.source()
        self.assertIn("ITHACA_OUT_H", (self.root / "out.h").read_text())

    def test_places_point_into_the_template(self):
        text = self.source(a='{% include "room/a.h" %}\n' + START + "<p>\n{{value}}\n{% x(\n1); %}")
        self.assertIn('#line 1 "src/room/a.html"\n#include "room/a.h"\n', text)
        self.assertIn('#line 2 "src/room/a.html"\nvoid template_page(', text)
        self.assertIn('#line 4 "src/room/a.html"\nhtml_text(out, (value));', text)
        self.assertIn('#line 5 "src/room/a.html"\nx(\n1); \n', text)

    def test_order_is_that_of_the_paths(self):
        text = self.source(b="{% template two() %}", a="{% template one() %}")
        self.assertLess(text.index("template_one"), text.index("template_two"))

    def test_written_only_when_it_changes(self):
        self.source(a=START + "<p>")
        for name in ["out.h", "out.c"]:
            os.utime(self.root / name, (1, 1))
        self.source(a=START + "<b>")
        self.assertEqual((self.root / "out.h").stat().st_mtime, 1)
        self.assertNotEqual((self.root / "out.c").stat().st_mtime, 1)

    def test_values_where_no_value_may_stand(self):
        for body, place in [
            ("<{{value}}>", "in the name of a tag"),
            ("<h{{value}}>", "in the name of a tag"),
            ("</{{value}}>", "in the name of a tag"),
            ("<p {{value}}>", "in the tag <p"),
            ('<p id="a"{{value}}>', "in the tag <p"),
            ('<p data-{{value}}="1">', "in the name of an attribute"),
            ("<p id {{value}}>", "in the tag <p"),
            ("<p id={{value}}>", "without quotation marks, id="),
            ("<!DOCTYPE {{value}}>", "in the document type"),
            ('<script src="/a.js">{{value}}</script>', "inside <script>"),
        ]:
            self.body_refused(2, "a value cannot stand here, ", body)
            self.body_refused(2, place, body)
        self.body_refused(3, "in a comment", "<!-- \n {{value}} -->")
        self.body_refused(2, "in a comment", "<!-- {% value(); %} -->")

    def test_code_where_no_code_may_stand(self):
        for body in ["<{% x(); %}p>", "<p id={% x(); %}>", "<!DOCTYPE {% x(); %}>",
                     '<script src="/a.js">{% x(); %}</script>']:
            self.body_refused(2, "code cannot stand here", body)
        self.body_refused(2, "a name ended just before this \"2\"", "<h{% x(); %}2>")
        self.body_refused(2, "a name ended", '<p{% if (value) { %} id="a" {% } %}title="b">')
        self.body_refused(2, "has no business here", '<p hidden {% x(); %}="a">')
        self.body_refused(2, "where text may stand", '<p title="{% add other() %}">')
        self.body_refused(2, "where text may stand", "<textarea>{% add other() %}</textarea>")

    def test_what_browsers_are_told_to_ignore(self):
        for message, body in [
            ("pages have no onclick=", '<p onclick="x()">'),
            ("pages have no onclick=", '<p ONCLICK="{{value}}">'),
            ("pages have no onclick=", "<p onclick>"),
            ("pages have no onclick=", "<p onclick{% x(); %}>"),
            ("pages have no style=", '<p style="color:red">'),
            ("pages have no style=", '<p style="{{value}}">'),
            ("pages have no <style>", "<style>p {}</style>"),
            ("pages have no <style>", "<STYLE{% x(); %}>"),
            ("this <script> has no src", "<script>alert(1)</script>"),
            ("this <script> has no src", "<script></script>"),
            ("this <script> has no src", '<script{% if (value) { %} src="/a"{% } %}></script>'),
            ("nothing stands between", '<script src="/a.js">alert(1)</script>'),
            ("pages have no <iframe>", '<iframe src="/a">'),
            ("pages have no <base>", '<base href="/">'),
            ("pages have no http-equiv=", '<meta http-equiv="refresh" content="{{value}}">'),
            ("pages have no srcdoc=", '<p srcdoc="{{value}}">'),
        ]:
            self.body_refused(2, message, body)

    def test_addresses(self):
        for address in ["javascript:alert(1)", "javascript:{{value}}", "//evil.example",
                        "/\\evil.example", "data:{{value}}", "page.html", "x{{value}}",
                        "http{{value}}", " /a"]:
            self.body_refused(2, "the address in href=", f'<a href="{address}">')
        for address in ["", "/", "/{{value}}", "/{{value}}/{{value}}", "#{{value}}", "?a={{value}}",
                        "https://{{value}}/", "mailto:{{value}}", "{{value}}", "{{value}}?a=1",
                        "/{% if (value) { %}/a{% } %}", "{% if (value) { %}/a{% } %}/b{{value}}"]:
            with self.subTest(address):
                self.assertIn("<a href", self.source(a=f'{START}<a href="{address}">'))
                (self.root / "out.c").unlink()
        depends = "whether this begins the address in href= depends on code"
        self.body_refused(2, depends, '<a href="{% if (value) { %}/a{% } %}{{value}}">')
        self.body_refused(
            3, depends, '<a href="{% if (value) { %}{{value}}{% }\nelse { %}{{value}}{% } %}">')

        self.body_refused(2, "cannot begin in a loop or a switch",
                          '<a href="{% for (;;) { %}{{value}}/{% } %}">')
        self.body_refused(2, depends, '<a href="{% switch (1) { case 1: %}/a{% break; case 2: %}'
                                      '{{value}}{% } %}">')

    def test_what_is_not_closed(self):
        for line, message, body in [
            (2, "the tag <p is not closed", "<p\n"),
            (2, "the tag <p is not closed", "<p id=\"a\"\n\n<b>"),
            (2, "the tag </p is not closed", "</p\n"),
            (3, "the tag <b is not closed", "<p>\n<b class\n{% template two() %}"),
            (2, "the value of id= in the tag <p is not closed", '<p id="a>\n'),
            (3, "a < in the value of id=, which begins on line 2", '<p id="a>\n<b class="c">'),
            (2, "<textarea> is not closed", "<textarea>\n</textare>"),
            (2, "this comment is not closed", "<!-- never\n"),
            (3, "a tag is not closed", "\n<"),
            (3, "<pre> is not closed", "<pre>\n"),
            (2, "this {% is not closed by a %}", "{% if (value) { \n<p>"),
            (2, "this {% is not closed by a %}", "{% x(); \n<p>{% } %}"),
            (2, "this {{ is not closed by a }}", "{{value \n<p>"),
            (2, "quotation mark without a partner", '{{"value}}\n'),
            (3, "this comment is not closed by a */", "{%\n/* %}\n"),
            (3, "this { is not closed", "<p>\n{% if (value) { %}\n</p>\n"),
            (2, "this } closes no {", "{% } %}"),
        ]:
            self.body_refused(line, message, body)

    def test_markup(self):
        for message, body in [
            ("this < begins no tag: write &lt;", "1 < 2"),
            ("double quotation marks", "<p id=a>"),
            ("double quotation marks", "<p id='a'>"),
            ("a \"'\" has no business here, in the tag <p", "<p '>"),
            ("has no business here", "<p =>"),
            ("is too long", "<" + 60 * "p" + ">"),
        ]:
            self.body_refused(2, message, body)

    def test_blocks_begin_and_end_in_the_same_place(self):
        for body in ["<p {% if (value) { %}><b {% } else { %}> {% } %}",
                     "<p {% if (value) { %}>{% } %}",
                     '<p title="{% if (value) { %}"{% } %}',
                     '<p title="{% if (value) { %}" id="{% } %}">',
                     "{% if (value) { %}<pre>{% } %}</pre>",
                     "{% for (;;) { %}<textarea>{% } %}</textarea>"]:
            self.body_refused(2, "this } stands in", body)
        self.body_refused(2, "break stands in the tag <p", "{% for (;;) { %}<p {% break; %}>{% } %}")
        self.body_refused(2, "case stands in the tag <p",
                          "{% switch (1) { case 1: %}<p {% case 2: %}>{% } %}")
        self.body_refused(2, "the tag <p is not closed", "<p {% return; %}>")
        for body in ["{% for (;;) { %}<p>{% if (value) { break; } %}</p>{% } %}{% return; %}",
                     '<p title="{% switch (1) { case 1: %}a{% break; default: %}b{% } %}">',
                     "<p {% if (value) { %}hidden{% } %} id=\"a\">",
                     "<p {% if (value) { %}hidden {% } %}id=\"a\">"]:
            with self.subTest(body):
                self.assertIn("text_add_n", self.source(a=START + body))

    def test_code(self):
        ends = "code ends with a ;"
        for line, message, body in [
            (2, ends, "{% if (value) %}<p>{{value}}{% ; %}"),
            (2, ends, "{% else %}"),
            (2, ends, "{% x() /* ; */ %}"),
            (2, "there is no value", "{{ }}"),
            (2, "written /* so */", "{% // why %}"),
            (2, "preprocessor", "{%\t#if 1 %}"),
            (2, "no goto", "{% goto end; %}"),
            (2, "write NAME(...)", "{% add other %}"),
            (2, "write NAME(...)", "{% add Other() %}"),
            (2, "includes stand before", '{% include "a.h" %}'),
            (2, "there is already a template page, src/room/a.html:1", START),
            (2, "no enum among", "{% template two(enum colour colour) %}"),
        ]:
            self.body_refused(line, message, body)

    def test_outside_of_templates(self):
        self.refused(2, "stands before the first template", "\n<p>")
        self.refused(2, "code stands before the first template", "\n{% x(); %}")
        self.refused(1, "stands before the first template", "{{value}}")
        self.refused(1, 'write {% include "room/file.h" %}', "{% include a.h %}")
        self.refused(1, "write NAME(...)", "{% template page %}")
        self.refused(1, "write NAME(...)", "{% template Page() %}")
        self.refused(1, "a NUL is in this file", START + "\0")

    def test_name_twice_in_two_files(self):
        made = self.made(a=START, b=START)
        self.assertIn("src/room/b.html:1: there is already a template page, src/room/a.html:1",
                      made.stderr)


if __name__ == "__main__":
    unittest.main()
