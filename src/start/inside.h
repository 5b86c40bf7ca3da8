/* What the questions share: making fields, reading answers, making records. Private to start/. */
#ifndef ITHACA_START_INSIDE_H
#define ITHACA_START_INSIDE_H

#include "start/start.h"

/* ---- the form ---- */

/* A new group, and a new field of the newest group. They stay where they are only until the next.
 */
struct start_group *start_group_add(struct start *start, const char *legend, const char *hint);
struct start_field *start_field_add(struct start *start, enum start_field_type type,
                                    const char *name, const char *label, const char *hint);
void start_option_add(struct start *start, struct start_field *field, const char *value,
                      const char *label, const char *chosen);
/* People, those of that organisation (its key, or NULL) first; `prefix` stands before their keys.
 */
void start_people_add(struct start *start, struct start_field *field, const char *prefix,
                      const char *first, const char *chosen);
/* The choices of a kind's field, with their meaning. */
void start_choices_add(struct start *start, struct start_field *field, const char *kind,
                       const char *of, const char *chosen);

/* What was answered: the chosen value, the text, "yes" of a tick; NULL where that is nothing. */
const char *start_answer(const struct start *start, const char *name);
void start_fault(struct start *start, const char *name, const char *words);

/* ---- the records ---- */

const struct around_list *start_all(const struct start *start, const char *kind);
const struct record *start_record(const struct start *start, const char *kind, const char *key);
/* By its name or key, or a piece of the name that only one has; NULL if there is none, or several.
 */
const struct record *start_named(const struct start *start, const char *kind, const char *name);
/* The team that leads the change; NULL if there is none yet. */
const struct record *start_team(const struct start *start);
/* Organisations that take part. */
struct around_list start_partners(const struct start *start);
bool start_is(const struct record *record, const char *field, const char *value);
/* Of a list of keys: whether it holds this one. */
bool start_holds(const struct start *start, const char *keys, const char *key);

/* A record that is to be made (without cells yet), or changed (with those it has). */
const char **start_make(struct start *start, const char *kind);
const char **start_change(struct start *start, const struct record *record);
void start_remove(struct start *start, const struct record *record);
void start_set(const char **cells, const char *kind, const char *field, const char *value);
/* A key that no record of the kind has, made of a name. */
const char *start_key(struct start *start, const char *kind, const char *name);

/* Whether all of a kind are said to be written down; and saying so, or taking it back. */
bool start_is_complete(const struct start *start, const char *kind);
void start_complete(struct start *start, const char *kind, bool is_complete, const char *since);

/* ---- the questions ---- */

void start_organisations_ask(struct start *start), start_organisations_take(struct start *start);
void start_people_ask(struct start *start), start_people_take(struct start *start);
void start_team_ask(struct start *start), start_team_take(struct start *start);
void start_decisions_ask(struct start *start), start_decisions_take(struct start *start);
void start_deciders_ask(struct start *start), start_deciders_take(struct start *start);
/* Whether there is anybody to be told. */
bool start_telling_asks(struct start *start);
void start_telling_ask(struct start *start), start_telling_take(struct start *start);
void start_leading_ask(struct start *start), start_leading_take(struct start *start);
void start_vision_ask(struct start *start), start_vision_take(struct start *start);

#endif
