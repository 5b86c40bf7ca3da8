#include "serve/certificate.h"
#include "content/files.h"
#include "serve/log.h"
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <string.h>
#include <sys/stat.h>

static enum err refuse(struct problems *problems, const char *path, const char *why) {
    problem_add(problems, (struct place){.file = path}, "%s", why);
    return ERR_INPUT;
}

static enum err file_read(struct arena *arena, const char *path, const char **out,
                          struct problems *problems) {
    struct files files = {0};
    enum err err = files_add(arena, &files, path, problems);
    if (!err)
        *out = files.list.items[0].text;
    return err;
}

/* A group may read it: Debian keeps keys for the group ssl-cert. */
static enum err key_is_kept(struct arena *arena, const char *path, struct problems *problems) {
    struct stat status;
    if (stat(path, &status) != 0 || !(status.st_mode & (S_IRWXO | S_IWGRP)))
        return OK; /* that it cannot be read is told by whoever reads it */
    return refuse(problems, path,
                  arena_format(arena,
                               "This key is no secret: others than its owner can read it or write "
                               "to it. If nobody has it yet, say: chmod 600 %s",
                               path));
}

/* A key that asks for a password asks nobody here. */
static int password_none(char *out, int size, int writes, void *context) {
    (void)out, (void)size, (void)writes, (void)context;
    return 0;
}

static void time_tell(const char *path, const X509 *certificate) {
    if (X509_cmp_current_time(X509_get0_notAfter(certificate)) < 0)
        log_write(LOG_ERROR, "%s: this certificate has run out. Browsers will refuse it.", path);
    else if (X509_cmp_current_time(X509_get0_notBefore(certificate)) > 0)
        log_write(LOG_ERROR, "%s: this certificate does not hold yet. Browsers will refuse it.",
                  path);
}

static BIO *reader(const char *text) {
    BIO *made = BIO_new_mem_buf(text, (int)strlen(text));
    if (!made)
        abort(); /* no memory */
    return made;
}

static enum err pair_check(const struct certificate *pair, const char *chain_path,
                           const char *key_path, struct problems *problems) {
    BIO *chain = reader(pair->chain), *secret = reader(pair->key);
    X509 *certificate = PEM_read_bio_X509(chain, NULL, password_none, NULL);
    EVP_PKEY *key = PEM_read_bio_PrivateKey(secret, NULL, password_none, NULL);
    enum err err = OK;
    if (!certificate)
        err = refuse(problems, chain_path,
                     "There is no certificate in it that can be read. It begins with \"-----BEGIN "
                     "CERTIFICATE-----\", ours first, then those that vouch for it.");
    if (!key)
        err = refuse(problems, key_path,
                     "There is no key in it that can be read. It begins with \"-----BEGIN PRIVATE "
                     "KEY-----\"; one that is locked with a password cannot be used.");
    if (!err && X509_check_private_key(certificate, key) != 1)
        err = refuse(problems, key_path,
                     "This key does not belong to the certificate: they were made at different "
                     "times, or ours does not come first among the certificates.");
    if (!err)
        time_tell(chain_path, certificate);
    EVP_PKEY_free(key);
    X509_free(certificate);
    BIO_free(secret);
    BIO_free(chain);
    return err;
}

enum err certificate_read(struct arena *arena, const char *chain_path, const char *key_path,
                          struct certificate *out, struct problems *problems) {
    *out = (struct certificate){0};
    if (!chain_path && !key_path)
        return OK;
    if (!chain_path || !key_path)
        return refuse(problems, NULL,
                      "tls-certificate and tls-key go together: say both, or none.");
    enum err err = key_is_kept(arena, key_path, problems);
    if (!err)
        err = file_read(arena, chain_path, &out->chain, problems);
    if (!err)
        err = file_read(arena, key_path, &out->key, problems);
    return err ? err : pair_check(out, chain_path, key_path, problems);
}
