-- The files of documents.

-- statement document_file_add
insert into document_file (programme_id, id, document, token, at, author, file, media, length, sha256)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
    on conflict (programme_id, token) do nothing;

-- statement document_file_by_token
select id, document from document_file where programme_id = $1 and token = $2;

-- statement document_piece_add
insert into document_piece (programme_id, file_id, number, content) values ($1, $2, $3, $4);

-- statement document_piece
select content from document_piece where programme_id = $1 and file_id = $2 and number = $3;

-- All that a programme keeps, in bytes.
-- statement document_room
select cast(coalesce(sum(length), 0) as bigint) from document_file where programme_id = $1;

-- Those of one document, the newest first.
-- statement document_files
select id, document, at, author, file, media, length, sha256 from document_file
 where programme_id = $1 and document = $2
 order by id desc;

-- statement document_files_all
select id, document, at, author, file, media, length, sha256 from document_file
 where programme_id = $1
 order by document, id desc;

-- statement document_file_one
select id, document, at, author, file, media, length, sha256 from document_file where programme_id = $1 and id = $2;

-- statement document_pieces_remove
delete from document_piece where programme_id = $1 and file_id = $2;

-- statement document_file_remove
delete from document_file where programme_id = $1 and id = $2;
