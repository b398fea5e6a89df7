# SPDX-License-Identifier: Apache-2.0
# See README.md beside this file.
suppressMessages({
  library(survey)
  library(psych)
})
folder <- commandArgs(trailingOnly = TRUE)[1]
differ <- 0
compared <- 0

compare <- function(where, ours, theirs) {
  for (name in union(names(ours), names(theirs))) {
    a <- ours[name]
    b <- theirs[name]
    bad <- is.na(a) || is.na(b) || abs(a - b) > max(1e-10, 1e-8 * abs(b))
    compared <<- compared + 1
    if (bad) {
      cat(where, name, "ours", format(a, digits = 15), "R", format(b, digits = 15), "\n")
      differ <<- differ + 1
    }
  }
}

read_figures <- function(path) {
  lines <- read.table(path, sep = "\t", quote = "", stringsAsFactors = FALSE)
  setNames(lines$V2, lines$V1)
}

wilson <- function(x, n, level = 0.95) {
  suppressWarnings(prop.test(x, n, conf.level = level, correct = FALSE))$conf.int[1:2]
}

exact <- function(x, n, heads) {
  k <- x:(x + heads - n)
  fits <- (1 - phyper(x - 1, k, heads - k, n)) > 0.025 & phyper(x, k, heads - k, n) > 0.025
  range(k[fits])
}

funnel <- function(tail, n, share) {
  r <- qbinom(tail, n, share)
  min(1, max(0, (r - (pbinom(r, n, share) - tail) / dbinom(r, n, share)) / n))
}

means <- function(d) {
  clusters <- svymean(~score, svydesign(id = ~class, weights = ~1, data = d))
  m <- length(unique(d$class))
  d$w <- d$heads / ave(d$score, d$class, FUN = length)
  weighted <- svymean(~score, svydesign(id = ~class, weights = ~w, data = d))
  strata <- svymean(~score, svydesign(id = ~1, strata = ~class, fpc = ~heads, data = d))
  n <- tapply(d$score, d$class, length)
  heads <- tapply(d$heads, d$class, mean)
  within <- tapply(d$score, d$class, function(s) sum((s - mean(s))^2))
  stratum <- tapply(d$stratum, d$class, mean)
  pooled <- tapply(within, stratum, sum) / tapply(n - 1, stratum, sum)
  v <- sum((heads / sum(heads))^2 * (1 - n / heads) * pooled[as.character(stratum)] / n)
  table <- summary(aov(score ~ factor(class), data = d))[[1]]
  n0 <- (sum(n) - sum(n^2) / sum(n)) / (m - 1)
  msb <- table[1, 3]
  msw <- table[2, 3]
  icc <- (msb - msw) / (msb + (n0 - 1) * msw)
  half <- qt(0.975, m - 1) * SE(clusters)[1]
  c(clusters_mean = coef(clusters)[[1]], clusters_se = SE(clusters)[1], clusters_df = m - 1,
    clusters_interval_low = coef(clusters)[[1]] - half, clusters_interval_high = coef(clusters)[[1]] + half,
    weighted_mean = coef(weighted)[[1]], weighted_se = SE(weighted)[1],
    strata_mean = coef(strata)[[1]], strata_se = sqrt(v), strata_df = sum(n - 1),
    spread_sd = sd(d$score), spread_within = msw, spread_between = msb, spread_icc = icc,
    spread_deff = max(0, 1 + (mean(n) - 1) * icc))
}

shares <- function(d) {
  one <- d[d$class == 0, ]
  two <- d[d$class == 1, ]
  x1 <- sum(one$a >= 3)
  x2 <- sum(two$a >= 3)
  n1 <- nrow(one)
  n2 <- nrow(two)
  heads <- one$heads[1]
  w1 <- wilson(x1, n1)
  w2 <- wilson(x2, n2)
  effective <- n1 * heads / (heads + 1 - n1)
  f <- wilson(x1 / n1 * effective, effective)
  p1 <- x1 / n1
  p2 <- x2 / n2
  e <- exact(x1, n1, heads)
  c(wilson_low = w1[1], wilson_high = w1[2], finite_low = f[1], finite_high = f[2], exact_low = e[1], exact_high = e[2],
    newcombe_low = p2 - p1 - sqrt((p2 - w2[1])^2 + (w1[2] - p1)^2),
    newcombe_high = p2 - p1 + sqrt((w2[2] - p2)^2 + (p1 - w1[1])^2),
    cohen_h = 2 * asin(sqrt(p2)) - 2 * asin(sqrt(p1)),
    funnel_low = funnel(0.025, n1, 0.3), funnel_high = funnel(0.975, n1, 0.3),
    funnel_wide_low = funnel(0.001, n1, 0.3), funnel_wide_high = funnel(0.999, n1, 0.3))
}

effects <- function(d) {
  u <- suppressWarnings(wilcox.test(d$b, d$a, exact = FALSE))$statistic[[1]]
  ps <- u / nrow(d)^2
  n1 <- sum(d$class == 0)
  n2 <- sum(d$class == 1)
  df <- n1 + n2 - 2
  s <- sqrt(((n1 - 1) * 1.1^2 + (n2 - 1) * 0.9^2) / df)
  c(superiority = ps, cliff = 2 * ps - 1, hedges = (3.1 - 3.4) / s * (1 - 3 / (4 * df - 1)))
}

change <- function(name, delta, error, rounding, df, interval, effect) {
  least <- function(together) (qt(1 - 0.025 / together, df) + qt(0.8, df)) * error + rounding
  p <- 2 * pt(-max(0, abs(delta) - rounding) / error, df)
  out <- c(low = interval[1] - rounding, high = interval[2] + rounding, effect = effect, least = least(1), p = p,
           verdict = if (p < 0.05) 1 else 0)
  if (name == "trend_mean") out <- c(out, least_of_7 = least(7))
  setNames(out, paste0(name, "_", names(out)))
}

# The first half of the classes is the year before.
trend <- function(d) {
  classes <- length(unique(d$class))
  half <- classes %/% 2
  years <- list(d[d$class < half, ], d[d$class >= half, ])
  df <- min(half, classes - half) + 4 - 1
  m <- lapply(years, function(y) svymean(~score, svydesign(id = ~class, weights = ~1, data = y)))
  n <- sapply(years, nrow)
  delta <- coef(m[[2]])[[1]] - coef(m[[1]])[[1]]
  error <- sqrt(SE(m[[1]])[1]^2 + SE(m[[2]])[1]^2)
  pooled <- sqrt(((n[1] - 1) * 3^2 + (n[2] - 1) * 2.5^2) / (sum(n) - 2))
  g <- delta / pooled * (1 - 3 / (4 * (sum(n) - 2) - 1))
  of_mean <- change("trend_mean", delta, error, 0.055, df, delta + c(-1, 1) * qt(0.975, df) * error, g)
  p <- sapply(years, function(y) mean(y$a >= 3))
  e <- n / 1.5
  level <- 2 * pnorm(qt(0.975, df)) - 1
  w <- sapply(1:2, function(i) wilson(p[i] * e[i], e[i], level))
  delta <- p[2] - p[1]
  all <- sum(p * e) / sum(e)
  newcombe <- delta + c(-sqrt((p[2] - w[1, 2])^2 + (w[2, 1] - p[1])^2), sqrt((w[2, 2] - p[2])^2 + (p[1] - w[1, 1])^2))
  of_share <- change("trend_share", delta, sqrt(all * (1 - all) * sum(1 / e)), 0.01, df, newcombe,
                     2 * asin(sqrt(p[2])) - 2 * asin(sqrt(p[1])))
  c(of_mean, of_share)
}

# Every way in which the absent could have answered, one by one; and the mean had all said the lowest or the highest.
bounds <- function(d) {
  one <- d[d$class == 0, ]
  n <- nrow(one)
  heads <- one$heads[1]
  could <- sapply(0:(heads - n), function(k) sum(one$a >= 3) + k)
  lowest <- c(one$score - 0.05, rep(0, heads - n))
  highest <- c(one$score + 0.05, rep(20, heads - n))
  c(bounds_low = min(could), bounds_high = max(could), mean_bounds_low = mean(lowest), mean_bounds_high = mean(highest))
}

funnels <- function(d) {
  n <- tapply(d$score, d$class, length)
  own <- tapply(d$score, d$class, mean)
  z <- (own - mean(d$score)) / (sd(d$score) / sqrt(n))
  cut <- pmin(pmax(z, qnorm(0.05)), qnorm(0.95))
  wide <- max(1, mean(cut^2))
  tail <- min(0.002, 0.05 / length(n))
  half <- qnorm(1 - tail / 2) * sd(d$score) * sqrt(wide / n)
  outside <- abs(own - mean(d$score)) - 0.05 > half
  around <- mean(d$score) + c(-1, 1) * qnorm(0.975) * sd(d$score) * sqrt(1.7 / n[[1]])
  share <- c(funnel(0.025, n[[1]], 0.3), funnel(0.975, n[[1]], 0.3))
  share <- pmin(1, pmax(0, 0.3 + (share - 0.3) * sqrt(1.7)))
  c(funnel_dispersion = wide, funnel_mean_low = around[1], funnel_mean_high = around[2], funnel_spread_low = share[1],
    funnel_spread_high = share[2], funnel_level = 1 - tail, funnel_outside = sum(2^(which(outside) - 1)),
    funnel_size = floor(d$heads[1] * n[[1]] / 97))
}

# Of what a release tells of the mean of the five items: figures from elsewhere beside it, and a table from raw sums.
references <- function(d) {
  told <- function(x, decimals) floor(x * 10^decimals + 0.5) / 10^decimals
  clusters <- svymean(~score, svydesign(id = ~class, weights = ~1, data = d))
  n <- nrow(d)
  own <- told(coef(clusters)[[1]] / 5, 1)
  error <- told(SE(clusters)[1] / 5, 2) + 0.005
  spread <- told(sd(d$score) / 5, 2)
  df <- length(unique(d$class)) - 1
  elsewhere <- list(list(mean = 2.1, sd = 0.9, n = 9000), list(mean = 1.65, sd = 1.1, n = 60))
  lines <- lapply(seq_along(elsewhere), function(i) {
    e <- elsewhere[[i]]
    delta <- own - e$mean
    both <- sqrt(e$sd^2 / e$n + error^2)
    pooled <- sqrt(((e$n - 1) * e$sd^2 + (n - 1) * spread^2) / (e$n + n - 2))
    g <- delta / pooled * (1 - 3 / (4 * (e$n + n - 2) - 1))
    change(paste0("reference_", i - 1), delta, both, 0.0505, df, delta + c(-1, 1) * qt(0.975, df) * both, g)
  })
  adjusted <- p.adjust(sapply(lines, function(line) line[[5]]), "holm")
  for (i in seq_along(lines)) lines[[i]][6] <- if (adjusted[i] < 0.05) 1 else 0
  names(adjusted) <- paste0("reference_", 0:1, "_adjusted")
  value <- approx(0:20, (0:20)^2 - 30, xout = pmin(20, pmax(0, 5 * (own + c(-0.05, 0.05)))))$y
  c(unlist(lines), adjusted, converted_low = value[1], converted_high = value[2])
}

rest <- function(d) {
  out <- c()
  n <- nrow(d)
  if (n >= 100) {
    a <- suppressMessages(suppressWarnings(psych::alpha(d[, c("a", "b", "c", "d", "e")])))$total$raw_alpha
    out <- c(alpha = a, alpha_low = 1 - (1 - a) * qf(0.975, n - 1, 4 * (n - 1)),
             alpha_high = 1 - (1 - a) * qf(0.025, n - 1, 4 * (n - 1)))
  }
  answered <- tapply(d$score, d$class, length)
  heads <- tapply(d$heads, d$class, mean)
  rate <- sum(answered) / sum(heads)
  s <- sqrt(sum(heads * (answered / heads - rate)^2) / (sum(heads) - 1))
  out <- c(out, response_rate = rate, response_r = 1 - 2 * s, response_cv = s / rate)
  if (rate < 1) {
    test <- suppressWarnings(chisq.test(rbind(answered, heads - answered), correct = FALSE))
    out <- c(out, response_chi_square = test$statistic[[1]])
    if (min(test$expected) >= 5) out <- c(out, response_p = test$p.value)
  }
  p <- tapply(d$a >= 3, d$class, sum) / (answered * 4)
  holm <- p.adjust(p, "holm")
  fdr <- p.adjust(p, "BH")
  c(out, holm_first = holm[[1]], holm_last = holm[[length(holm)]], fdr_first = fdr[[1]], fdr_last = fdr[[length(fdr)]])
}

for (path in sort(list.files(folder, "^[0-9]+\\.csv$", full.names = TRUE))) {
  d <- read.csv(path)
  d$score <- d$a + d$b + d$c + d$d + d$e
  compare(basename(path), read_figures(sub("csv$", "figures", path)), c(means(d), shares(d), effects(d), trend(d), bounds(d), funnels(d), references(d), rest(d)))
}
points <- read_figures(file.path(folder, "points.figures"))
compare("points", points, sapply(names(points), function(name) eval(parse(text = name))))
cat(compared, "figures compared,", differ, "differ\n")
if (differ > 0 || compared < 1000) quit(status = 1)
