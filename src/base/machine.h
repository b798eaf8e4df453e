/* What the process may use of the machine, and what the machine may see of it. */
#ifndef BASE_MACHINE_H
#define BASE_MACHINE_H

void machine_open_files(void); /* as many as it is allowed */
/* No core dump, and no other process of this user reads its memory: passwords and numbers pass through it. */
void machine_keep_secrets(void);

/* A file that is mapped and then cut short by someone, or whose disk fails, ends the process that looks at
 * what is gone (SIGBUS). From now on it reads zeros there instead, and whoever maps files asks whether that
 * happened. */
void machine_bear_cut_files(void);
/* How often it did: what was mapped before the number grew is not to be relied on. */
unsigned machine_files_cut(void);

#endif
