// Visible regions by CGAL's exact triangular expansion, as expected values for gridplan's views.
// Run beside gridplan, never linked into it or shipped: CGAL's visibility package is GPL.
//
//   g++ -O2 -DNDEBUG -std=c++17 cgal_views.cpp -o cgal_views -lgmp -lmpfr
//   cgal_views < input > output
//
// input:  "S n" then n lines "x0 y0 x1 y1" (walls); "E m" then m lines "id x y range"
// output: a line for each eye: "id x y x y …" of the visible region, or "id failed: why"
#include <CGAL/Arr_segment_traits_2.h>
#include <CGAL/Arr_walk_along_line_point_location.h>
#include <CGAL/Arrangement_2.h>
#include <CGAL/Exact_predicates_exact_constructions_kernel.h>
#include <CGAL/Triangular_expansion_visibility_2.h>
#include <algorithm>
#include <cstdio>
#include <iostream>
#include <string>
#include <vector>

using Kernel = CGAL::Exact_predicates_exact_constructions_kernel;
using Traits = CGAL::Arr_segment_traits_2<Kernel>;
using Arrangement = CGAL::Arrangement_2<Traits>;
using Visibility = CGAL::Triangular_expansion_visibility_2<Arrangement, CGAL::Tag_true>;

struct Wall { double x0, y0, x1, y1; };

static void expected(const std::string &id, double x, double y, double range, const std::vector<Wall> &walls) {
    double left = x - range - 1, right = x + range + 1, low = y - range - 1, high = y + range + 1;
    std::vector<Kernel::Segment_2> segments;
    double l = left, r = right, b = low, t = high;
    for (const Wall &w : walls) {
        double wl = std::min(w.x0, w.x1), wr = std::max(w.x0, w.x1), wb = std::min(w.y0, w.y1), wt = std::max(w.y0, w.y1);
        if (wr < left || wl > right || wt < low || wb > high) continue;
        segments.emplace_back(Kernel::Point_2(w.x0, w.y0), Kernel::Point_2(w.x1, w.y1));
        l = std::min(l, wl); r = std::max(r, wr); b = std::min(b, wb); t = std::max(t, wt);
    }
    Kernel::Point_2 corner[4] = {{l - 1, b - 1}, {r + 1, b - 1}, {r + 1, t + 1}, {l - 1, t + 1}};
    for (int k = 0; k < 4; ++k) segments.emplace_back(corner[k], corner[(k + 1) % 4]);
    Arrangement arrangement;
    CGAL::insert(arrangement, segments.begin(), segments.end());
    Kernel::Point_2 eye(x, y);
    CGAL::Arr_walk_along_line_point_location<Arrangement> locator(arrangement);
    auto place = locator.locate(eye);
    auto face = boost::get<Arrangement::Face_const_handle>(&place);
    if (!face) { printf("%s failed: the eye lies on a wall\n", id.c_str()); return; }
    Visibility visibility(arrangement);
    Arrangement region;
    auto seen = visibility.compute_visibility(eye, *face, region);
    printf("%s", id.c_str());
    auto first = seen->outer_ccb(), edge = first;
    do {
        printf(" %.9f %.9f", CGAL::to_double(edge->target()->point().x()), CGAL::to_double(edge->target()->point().y()));
    } while (++edge != first);
    printf("\n");
}

int main() {
    std::string tag, id;
    size_t count;
    std::cin >> tag >> count;
    std::vector<Wall> walls(count);
    for (Wall &w : walls) std::cin >> w.x0 >> w.y0 >> w.x1 >> w.y1;
    std::cin >> tag >> count;
    for (size_t i = 0; i < count; ++i) {
        double x, y, range;
        std::cin >> id >> x >> y >> range;
        try { expected(id, x, y, range, walls); } catch (std::exception &e) { printf("%s failed: exception\n", id.c_str()); }
    }
}
