-- The same text under another headline is another article: feeds give one teaser for many. Built beside the readers and
-- writers of a large table, so that this file runs outside a transaction; what a former attempt has left is dropped.
drop index concurrently if exists article_same_text_and_headline;
create unique index concurrently article_same_text_and_headline
  on articles_article (publication_id, body_hash, published_on, md5(headline)) nulls not distinct
  where status in ('usable', 'withheld') and version_of_id is null;
drop index concurrently if exists article_same_text_same_day;
