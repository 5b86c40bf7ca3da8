/* Telling systemd how it stands (sd_notify(3)), where it asks to be told: Type=notify. */
#ifndef ITHACA_NOTIFY_H
#define ITHACA_NOTIFY_H

/* "READY=1", "STOPPING=1". Does nothing where nobody asked. */
void notify(const char *state);

#endif
