/* The web application of `ithaca demo`: a database with the sample in it, and its pages. */
#ifndef ITHACA_DEMO_SITE_H
#define ITHACA_DEMO_SITE_H

#include "command/command.h"

/* Makes the database anew from a workbook, as of a day. Gives the address that lets somebody in as
 * the sample's lead, and serves pages until it is told to end; `once` only sees whether they
 * answer.
 */
enum err demo_site(struct session *session, const char *workbook, const char *database,
                   const char *day, bool once) MUST_CHECK;

#endif
