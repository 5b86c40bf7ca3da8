# Measures the graphs of tests/network/graphs/ with R and writes what it finds, for Ithaca's figures
# to be compared with: lines "measure,person,value", the person empty for the whole network.
#
#     Rscript tests/network/reference.R FOLDER
#
# Takes igraph's figure and sna's wherever both have one, and stops if they differ; what neither has
# is worked out from its definition, the slow way. Shares no code with Ithaca.
suppressMessages({
  library(igraph)
  library(sna)
})

# Of which permutation tests draw: so many that the error that counts is Ithaca's.
permutations <- 20000

same <- function(name, a, b) {
  a <- as.numeric(a)
  b <- as.numeric(b)
  if (!isTRUE(all.equal(a, b, tolerance = 1e-12)))
    stop("igraph and sna differ about ", name)
  a
}

read_graph <- function(path) {
  lines <- grep("^#", readLines(path), value = TRUE, invert = TRUE)
  rows <- strsplit(lines, ",")
  kind <- vapply(rows, `[`, "", 1)
  groups <- vapply(rows[kind == "person"], function(row) as.integer(row[3]), 0L)
  names <- matrix(0, length(groups), length(groups))
  for (row in rows[kind == "tie"]) {
    a <- as.integer(row[2]) + 1
    b <- as.integer(row[3]) + 1
    if (a == b) next
    names[a, b] <- 1
    if (row[4] == "1") names[b, a] <- 1
  }
  list(names = names, groups = groups)
}

pieces <- function(near) igraph::components(graph_from_adjacency_matrix(near, mode = "undirected"))

# 0 is the largest; equally large ones in the order of their people.
component_numbers <- function(near) {
  parts <- pieces(near)
  first <- match(seq_len(parts$no), parts$membership)
  rank <- order(order(-parts$csize, first)) - 1
  rank[parts$membership]
}

# Takes each person away in turn and counts who is then cut off.
cut_off <- function(near) {
  member <- pieces(near)$membership
  vapply(seq_len(nrow(near)), function(i) {
    others <- setdiff(which(member == member[i]), i)
    if (length(others) == 0) return(0)
    length(others) - max(pieces(near[others, others, drop = FALSE])$csize)
  }, 0)
}

# Takes each tie away in turn.
bridges_of <- function(near) {
  ties <- which(near > 0 & upper.tri(near), arr.ind = TRUE)
  before <- pieces(near)$no
  splits <- vapply(seq_len(nrow(ties)), function(t) {
    near[ties[t, 1], ties[t, 2]] <- near[ties[t, 2], ties[t, 1]] <- 0
    pieces(near)$no > before
  }, TRUE)
  ties <- ties[splits, , drop = FALSE]
  ties[order(ties[, 1], ties[, 2]), , drop = FALSE] - 1
}

# Burt 1992, p. 52: the sum over contacts j of 1 - the sum over q of p(i,q) m(j,q).
effective_size <- function(near) {
  p <- near / rowSums(near)
  vapply(seq_len(nrow(near)), function(i) {
    contacts <- which(near[i, ] > 0)
    if (length(contacts) == 0) return(NaN)
    sum(vapply(contacts, function(j) {
      q <- setdiff(contacts, j)
      1 - sum(p[i, q] * near[j, q])
    }, 0))
  }, 0)
}

# Burt 1992, p. 54, from the matrix of proportions.
constraint_by_definition <- function(near) {
  p <- near / rowSums(near)
  p[is.nan(p)] <- 0
  result <- rowSums(((p + p %*% p) * near)^2)
  ifelse(rowSums(near) > 0, result, NaN)
}

ei <- function(near, groups) {
  known <- groups >= 0
  near <- near[known, known]
  groups <- groups[known]
  ties <- which(near > 0 & upper.tri(near), arr.ind = TRUE)
  external_of <- function(groups) sum(groups[ties[, 1]] != groups[ties[, 2]])
  external <- external_of(groups)
  different <- outer(groups, groups, "!=")
  share <- mean(different[upper.tri(different)])
  set.seed(1)
  drawn <- replicate(permutations, external_of(sample(groups)))
  far <- abs(drawn - share * nrow(ties)) >= abs(external - share * nrow(ties)) - 1e-9
  c(ei_external = external, ei_internal = nrow(ties) - external,
    ei_index = 2 * external / nrow(ties) - 1, ei_expected = 2 * share - 1,
    ei_p = (1 + sum(far)) / (1 + permutations))
}

roles <- c("coordinator", "consultant", "representative", "gatekeeper", "liaison", "broker")

brokers <- function(names, groups) {
  known <- which(groups >= 0)
  found <- sna::brokerage(names[known, known], groups[known])
  lines <- list()
  for (role in seq_along(roles)) {
    for (kind in c("raw", "exp", "sd", "z")) {
      value <- rep(NaN, length(groups))
      value[known] <- found[[paste0(kind, ".nli")]][, role]
      lines[[paste0(roles[role], "_", kind)]] <- value
    }
  }
  list(persons = lines,
       whole = c(setNames(found$raw.gli, paste0(roles, "_raw")),
                 setNames(found$exp.gli, paste0(roles, "_exp"))))
}

measure <- function(graph) {
  names <- graph$names
  near <- pmax(names, t(names))
  g <- graph_from_adjacency_matrix(near, mode = "undirected")
  directed <- graph_from_adjacency_matrix(names, mode = "directed")
  parts <- pieces(near)
  bridges <- bridges_of(near)
  is_cut <- seq_len(nrow(near)) %in% as.integer(articulation_points(g))
  brokerage <- brokers(names, graph$groups)
  persons <- c(list(
    degree = same("degree", igraph::degree(g), sna::degree(near, gmode = "graph")),
    `in` = same("in", igraph::degree(directed, mode = "in"), sna::degree(names, cmode = "indegree")),
    out = same("out", igraph::degree(directed, mode = "out"), sna::degree(names, cmode = "outdegree")),
    betweenness = same("betweenness", igraph::betweenness(g), sna::betweenness(near, gmode = "graph")),
    component = component_numbers(near),
    core = same("cores", coreness(g), kcores(near, mode = "graph")),
    is_cut = same("cut points", is_cut,
                  cutpoints(near, mode = "graph", connected = "weak", return.indicator = TRUE)),
    cut_off = cut_off(near),
    constraint = same("constraint", igraph::constraint(g), constraint_by_definition(near)),
    effective_size = effective_size(near)), brokerage$persons)
  whole <- c(
    people = nrow(near), ties = sum(near) / 2,
    isolates = length(sna::isolates(near)),
    density = same("density", edge_density(g), gden(near, mode = "graph")),
    components = parts$no, largest = max(parts$csize),
    reciprocity = same("reciprocity", igraph::reciprocity(directed),
                       grecip(names, measure = "edgewise")),
    degree_centralisation = same("degree centralisation",
      centr_degree(g, loops = FALSE)$centralization,
      centralization(near, sna::degree, mode = "graph")),
    betweenness_centralisation = same("betweenness centralisation",
      centr_betw(g, directed = FALSE)$centralization,
      centralization(near, sna::betweenness, mode = "graph")),
    bridges = nrow(bridges), ei(near, graph$groups), brokerage$whole)
  rows <- data.frame(measure = names(whole), person = "", value = unname(whole))
  for (name in base::names(persons))
    rows <- rbind(rows, data.frame(measure = name, person = seq_len(nrow(near)) - 1,
                                   value = unname(as.numeric(persons[[name]]))))
  if (nrow(bridges) > 0)
    rows <- rbind(rows, data.frame(measure = "bridge", person = bridges[, 1], value = bridges[, 2]))
  rows
}

folder <- commandArgs(trailingOnly = TRUE)[1]
for (path in Sys.glob("tests/network/graphs/*.csv")) {
  rows <- measure(read_graph(path))
  value <- ifelse(is.na(rows$value), "nan", sprintf("%.17g", rows$value))
  writeLines(c("measure,person,value", paste(rows$measure, rows$person, value, sep = ",")),
             file.path(folder, basename(path)))
}
