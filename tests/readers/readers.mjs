// What a reader of npm makes of the feeds named in a file: entries in one shape, as JSON by file.
import { readFileSync } from "node:fs";
import { parseFeed } from "feedsmith";
import Parser from "rss-parser";

const links = (all = []) => Object.fromEntries(all.map((link) => [link.rel ?? "alternate", link.href]));
const value = (text) => text?.value ?? text ?? "";

const ways = {
  "rss-parser": async (text) => (await new Parser().parseString(text)).items.map((item) => ({
    id: item.guid ?? item.id,
    title: item.title,
    date: item.isoDate,
    author: item.creator ?? item.author ?? "",
    link: item.link,
    enclosure: item.guid ? item.enclosure?.url ?? "" : "?", // in Atom it has no eye for them
    html: item["content:encoded"] ?? item.content ?? item.summary,
  })),
  feedsmith: (text) => {
    const { format, feed } = parseFeed(text);
    return { rss: fromRss, atom: fromAtom, json: fromJson }[format](feed);
  },
};

const fromRss = (feed) => (feed.items ?? []).map((item) => ({
  id: value(item.guid),
  title: value(item.title),
  date: item.pubDate,
  author: item.dc?.creators?.[0] ?? "",
  link: item.link,
  enclosure: item.enclosures?.[0]?.url ?? "",
  html: item.content?.encoded ?? item.description ?? "",
}));

const fromAtom = (feed) => (feed.entries ?? []).map((entry) => {
  const said = entry.content ?? entry.summary;
  return {
    id: entry.id,
    title: value(entry.title),
    date: entry.published,
    author: entry.authors?.[0]?.name ?? "",
    link: links(entry.links).alternate,
    enclosure: links(entry.links).enclosure ?? "",
    [said?.type === "html" ? "html" : "text"]: value(said),
  };
});

const fromJson = (feed) => (feed.items ?? []).map((item) => ({
  id: item.id,
  title: item.title,
  date: item.date_published,
  author: item.authors?.[0]?.name ?? "",
  link: item.url,
  enclosure: item.attachments?.[0]?.url ?? "",
  [item.content_html ? "html" : "text"]: item.content_html ?? item.content_text,
}));

const [name, list] = process.argv.slice(2);
const told = {};
for (const file of JSON.parse(readFileSync(list, "utf8"))) told[file] = await ways[name](readFileSync(file, "utf8"));
process.stdout.write(JSON.stringify(told));
