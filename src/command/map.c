/* ithaca map: who is tied to whom, as a picture, a table, or for other programs. */
#include "base/text.h"
#include "command/ties.h"

extern const struct command map_command;

static const char *const formats[] = {"text", "svg", "dot", "graphml", "csv"};

static enum err svg_print(struct session *session, FILE *out, const struct map *map) {
    char *svg;
    enum err err = map_svg(session->arena, map, &svg, &session->problems);
    if (!err)
        fputs(svg, out);
    return err;
}

static enum err answer_print(struct session *session, const struct ties *ties) {
    const struct map *map = &ties->map;
    struct output output;
    enum err err = OK;
    output_open(&output, ties->output);
    struct printer printer = printer_new(output.file);
    if (text_equal(ties->format, "dot"))
        fputs(map_dot(session->arena, map), output.file);
    else if (text_equal(ties->format, "graphml"))
        fputs(map_graphml(session->arena, map), output.file);
    else if (text_equal(ties->format, "svg"))
        err = svg_print(session, output.file, map);
    else if (text_equal(ties->format, "csv"))
        map_print_csv(output.file, session->arena, map);
    else
        map_print_text(&printer, session->arena, map);
    return output_close(session, &output, err);
}

static int run(int argc, char **argv) {
    return ties_run(&map_command, argc, argv, formats, sizeof formats / sizeof *formats,
                    answer_print);
}

const struct command map_command = {
    .name = "map",
    .summary = "who is tied to whom, and who holds it together: table or picture",
    .help = "ithaca map WORKBOOK [options]\n"
            "\n"
            "Shows the people in their organisations, the teams in which they meet, the ties\n"
            "between them, and who would be missed: those who join others most, and those\n"
            "without whom others would be cut off.\n"
            "\n"
            "  --as-of DAY        as things stood on that day; otherwise today\n"
            "  --ties KINDS       only these kinds of tie: shared team, message route,\n"
            "                     relationship, line management; several with commas\n"
            "                     between them\n"
            "  --format FORMAT    text (a table in words), svg (a picture, drawn by\n"
            "                     Graphviz), dot (the picture's source), graphml (for\n"
            "                     programs such as Gephi or R), csv (a row for each person)\n"
            "  --output FILE      into a new file; otherwise to the screen\n"
            "\n"
            "A programme in a database instead of a workbook: --db, --programme, --revision, as\n"
            "for check.\n"
            "\n"
            "Exit code: 0 done, 2 the workbook cannot be used or the picture not drawn.\n",
    .run = run,
};
