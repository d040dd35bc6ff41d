#!/bin/sh
# Makes the binary form of the tests' OpenStreetMap data (osmium-tool).
set -e
cd "$(dirname "$0")"
osmium cat --overwrite --output-header=generator=gridplan town.osm -o town.osm.pbf
