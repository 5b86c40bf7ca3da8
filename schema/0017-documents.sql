-- The files of documents (src/documents/documents.h). `document` is the key of the record that they belong to, which they
-- outlive: it may be put back. The newest file of a document is the one that counts. `media` is what is in it, `sha256`
-- that of all its bytes, in hexadecimal.
create table document_file (
    programme_id bigint not null references programme (id),
    id bigint not null,
    document text not null,
    token text not null,
    at text not null,
    author text,
    file text not null,
    media text not null,
    length bigint not null check (length > 0),
    sha256 text not null,
    primary key (programme_id, id),
    unique (programme_id, token)
);

create index document_file_document on document_file (programme_id, document, id);

-- What is in them: pieces of one length, the first is 0, each in base64.
create table document_piece (
    programme_id bigint not null,
    file_id bigint not null,
    number bigint not null check (number >= 0),
    content text not null,
    primary key (programme_id, file_id, number),
    foreign key (programme_id, file_id) references document_file (programme_id, id)
);
