/* Putting finished files in their place: whole or not at all, and never over what is there. */
#ifndef ITHACA_FILE_H
#define ITHACA_FILE_H

#include <stdbool.h>

/* Gives the file `from` the name `to`, unless something has that name by now. False, with errno
 * set, if that did not work; `from` is still there then. */
bool file_place(const char *from, const char *to);

/* Waits until the disk has what is in the file; false, with errno set, if it has not. */
bool file_settle(const char *path);
/* The same for the name of a file in its folder. */
bool file_name_settle(const char *path);

#endif
