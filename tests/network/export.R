# Writes the graphs that the tests measure, from R packages of Debian, to tests/network/graphs/. They
# are committed; run this again only to add one:
#
#     Rscript tests/network/export.R
#
# A graph is lines "person,NUMBER,GROUP" (below 0: unknown) and "tie,FROM,TO,MUTUAL"; the lines that
# begin with # say where it comes from.
suppressMessages({
  library(network)
  library(sna)
})

write_graph <- function(name, origin, ties, groups, mutual) {
  lines <- c(paste("#", origin),
             sprintf("person,%d,%d", seq_along(groups) - 1L, as.integer(groups)),
             sprintf("tie,%d,%d,%d", ties[, 1] - 1L, ties[, 2] - 1L, as.integer(mutual)))
  writeLines(lines, file.path("tests/network/graphs", paste0(name, ".csv")))
}

no_meaning <- "Groups: number modulo 3, without meaning"
by_three <- function(n) (seq_len(n) - 1L) %% 3L

for (name in c("Zachary", "Krackhardt kite")) {
  graph <- igraph::make_graph(name)
  write_graph(tolower(sub(" ", "-", name)),
              c(sprintf("make_graph(\"%s\") of R igraph; undirected.", name), paste0(no_meaning, ".")),
              igraph::as_edgelist(graph, names = FALSE), by_three(igraph::vcount(graph)), TRUE)
}

data(flo)
write_graph("florence",
            c("flo of R network: marriages of Florentine families (Padgett 1994); undirected.",
              paste0(no_meaning, ".")),
            which(flo > 0 & upper.tri(flo), arr.ind = TRUE), by_three(nrow(flo)), TRUE)

data(coleman)
unknown <- by_three(73)
unknown[c(2, 30, 59)] <- -1L
write_graph("coleman",
            c("coleman[\"Spring\",,] of R sna: friends named by schoolboys (Coleman 1964).",
              paste0(no_meaning, "; unknown for three.")),
            which(coleman["Spring", , ] > 0, arr.ind = TRUE), unknown, FALSE)

data(emon)
for (name in c("Texas", "MtStHelens", "Wichita")) {
  ties <- as.matrix(emon[[name]], matrix.type = "edgelist")
  sponsors <- factor(emon[[name]] %v% "Sponsorship")
  write_graph(paste0("emon-", tolower(name)),
              c(sprintf("emon$%s of R network: who of the organisations in a rescue reported contact", name),
                "with whom (Drabek et al. 1981).",
                paste("Groups: sponsorship,", paste(seq_along(levels(sponsors)) - 1L,
                                                    levels(sponsors), collapse = ", "))),
              ties[, 1:2], as.integer(sponsors) - 1L, FALSE)
}
