"use strict";
(function () {
  var data = JSON.parse(document.getElementById("map-data").textContent);
  function say(what, values) {
    return data.words[what].replace(/\{(\w+)\}/g, function (_, name) { return values[name]; });
  }
  function unpacked(numbers) {
    var line = [], lat = 0, lon = 0;
    for (var i = 0; i < numbers.length; i += 2) {
      lat += numbers[i];
      lon += numbers[i + 1];
      line.push([lat / 1e4, lon / 1e4]);
    }
    return line;
  }
  // Names go into elements as text, never as markup.
  function words(lines) {
    var box = document.createElement("div");
    lines.forEach(function (line, number) {
      var row = document.createElement(number === 0 ? "strong" : "div");
      row.textContent = line;
      box.appendChild(row);
    });
    return box;
  }

  var map = L.map("map", { preferCanvas: false, zoomSnap: 0.25, attributionControl: true });
  map.attributionControl.setPrefix("Leaflet 1.9.4");
  var source = document.createElement("span");
  source.textContent = data.attribution;
  map.attributionControl.addAttribution(source.innerHTML);
  ["bands", "mask", "roads", "points", "stations"].forEach(function (name, number) {
    map.createPane(name).style.zIndex = 300 + 20 * number;
  });
  var outlines = data.boundary.map(unpacked);
  var world = [[-85, -360], [-85, 360], [85, 360], [85, -360]];
  L.polygon([world].concat(outlines), { pane: "mask", stroke: false, fillColor: "#fff", fillOpacity: 1, interactive: false }).addTo(map);
  outlines.forEach(function (ring) {
    L.polygon(ring, { pane: "mask", color: "#1c2024", weight: 1.5, fill: false, interactive: false }).addTo(map);
  });
  var bounds = L.latLngBounds(outlines.length ? [].concat.apply([], outlines) : data.points.map(function (point) { return point.at; }));
  map.fitBounds(bounds, { padding: [8, 8] });
  map.setMaxBounds(bounds.pad(0.6));
  map.setMinZoom(map.getZoom() - 1);
  // Minor roads lie under the others, and are drawn only where there is room for them.
  var styles = [
    { color: "#8a5a2b", weight: 2.4 },
    { color: "#5c5c5c", weight: 1.5 },
    { color: "#7a7e7c", weight: 0.6 }
  ];
  var minor = null;
  [2, 1, 0].forEach(function (sort) {
    var style = styles[sort];
    var lines = L.polyline(data.roads[sort].map(unpacked), { pane: "roads", color: style.color, weight: style.weight, interactive: false });
    if (sort === 2 && data.roads[2].length > 8000) { minor = lines; } else { lines.addTo(map); }
  });
  if (minor) {
    map.on("zoomend", function () {
      if (map.getZoom() >= 11.5) { minor.addTo(map); } else { minor.remove(); }
    });
  }

  var bandLayer = L.layerGroup().addTo(map);
  var stationLayer = L.layerGroup().addTo(map);
  var chosen = 0, marker = null, asked = null;
  var choice = document.getElementById("alternative");
  data.alternatives.forEach(function (alternative, number) {
    var option = document.createElement("option");
    option.value = number;
    option.textContent = alternative.baseline ? alternative.label : alternative.rank + ". " + alternative.label;
    choice.appendChild(option);
  });
  function whole(point) { return say("point", { town: data.towns[point.town].name, point: point.name }); }
  function stationOf(alternative, point) { var first = alternative.first[point]; return first === null ? "–" : data.stations[first].name; }
  function tenths(value) { return value === null ? "–" : value.toFixed(1); }

  function show(number) {
    chosen = number;
    var alternative = data.alternatives[number];
    choice.value = String(number);
    bandLayer.clearLayers();
    stationLayer.clearLayers();
    var ground = outlines.length ? outlines : [];
    if (ground.length) {
      bandLayer.addLayer(L.polygon(ground, { pane: "bands", stroke: false, fillColor: data.beyond, fillOpacity: 1, interactive: false }));
    }
    for (var band = data.bands.length - 1; band >= 0; band--) {
      var rings = alternative.bands[band].map(unpacked);
      if (rings.length) {
        bandLayer.addLayer(L.polygon(rings, { pane: "bands", stroke: false, fillColor: data.colours[band], fillOpacity: 1, fillRule: "evenodd", interactive: false }));
      }
    }
    if (data.noRoad.length) {
      bandLayer.addLayer(L.polygon(data.noRoad.map(unpacked), { pane: "bands", stroke: false, fillColor: data.noRoadColour, fillOpacity: 1, fillRule: "evenodd", interactive: false }));
    }
    alternative.stations.forEach(function (index) {
      var station = data.stations[index];
      var mark = L.circleMarker(station.at, { pane: "stations", radius: station.existing ? 7 : 8, color: "#fff", weight: 1.5, fillColor: station.existing ? data.today : data.proposed, fillOpacity: 1 });
      mark.bindTooltip(words([station.name, say("engines", station)]));
      stationLayer.addLayer(mark);
    });
    if (asked !== null) { answer(asked); }
  }

  var pointMarks = data.points.map(function (point, index) {
    var mark = L.circleMarker(point.at, { pane: "points", radius: 2.6, color: "#1c2024", weight: 0.6, fillColor: "#fff", fillOpacity: 0.9 });
    mark.bindTooltip(function () { return words(linesOf(index)); });
    mark.on("click", function () { answer(index); });
    return mark.addTo(map);
  });
  function linesOf(index) {
    var point = data.points[index], today = data.alternatives[0], alternative = data.alternatives[chosen];
    function firstDue(alternative) {
      return say("firstDue", { alternative: alternative.label, station: stationOf(alternative, index), minutes: tenths(alternative.minutes[index]) });
    }
    var lines = [say("pointTitle", { point: point.name, town: data.towns[point.town].name }), say("residents", point), firstDue(today)];
    if (chosen !== 0) { lines.push(firstDue(alternative)); }
    if (point.unlisted) { lines.push(say("unlisted", {})); }
    return lines;
  }
  data.towns.forEach(function (town, index) {
    var mark = L.circleMarker(town.at, { pane: "points", radius: 4.5, color: "#1c2024", weight: 1, fillColor: "#ffd", fillOpacity: 1 });
    mark.bindTooltip(function () {
      var today = data.alternatives[0].towns[index], now = data.alternatives[chosen].towns[index];
      function change(figure) { return tenths(today[figure]) + (chosen ? " → " + tenths(now[figure]) : ""); }
      var lines = [town.name, say("townMean", { minutes: change(0) }), say("townP90", { minutes: change(1) })];
      if (data.words.townLost !== null) { lines.push(say("townLost", { share: change(2) })); }
      return words(lines);
    });
    mark.addTo(map);
    L.tooltip({ permanent: true, direction: "top", className: "town", offset: [0, -3], interactive: false, content: words([town.name]) })
      .setLatLng(town.at).addTo(map);
  });

  var best = data.alternatives.length > 1 ? 1 : 0;
  function answer(index) {
    asked = index;
    var point = data.points[index], today = data.alternatives[0], after = data.alternatives[chosen || best];
    document.getElementById("answer").textContent = say(after === today ? "answerToday" : "answer", {
      point: whole(point),
      today: stationOf(today, index),
      today_minutes: tenths(today.minutes[index]),
      alternative: after.label,
      station: stationOf(after, index),
      minutes: tenths(after.minutes[index])
    });
    if (marker) { marker.remove(); }
    marker = L.circleMarker(point.at, { pane: "stations", radius: 11, color: data.proposed, weight: 3, fill: false, interactive: false }).addTo(map);
  }
  var search = document.getElementById("search"), hits = document.getElementById("hits");
  search.addEventListener("input", function () {
    var wanted = search.value.trim().toLowerCase();
    hits.textContent = "";
    if (!wanted) { return; }
    var found = 0;
    data.points.some(function (point, index) {
      var name = whole(point);
      if (name.toLowerCase().indexOf(wanted) < 0) { return false; }
      var item = document.createElement("li"), button = document.createElement("button");
      button.type = "button";
      button.textContent = name;
      button.addEventListener("click", function () {
        map.setView(point.at, Math.max(map.getZoom(), 12), { animate: false });
        answer(index);
      });
      item.appendChild(button);
      hits.appendChild(item);
      return ++found === 15;
    });
    if (!found) { hits.textContent = say("noSuchPoint"); }
  });
  search.addEventListener("keydown", function (event) {
    var first = hits.querySelector("button");
    if (event.key === "Enter" && first) { first.click(); }
  });

  var legend = document.getElementById("legend");
  function key(colour, text) {
    var item = document.createElement("span"), swatch = document.createElement("i");
    swatch.style.background = colour;
    item.appendChild(swatch);
    item.appendChild(document.createTextNode(text));
    legend.appendChild(item);
  }
  data.bands.forEach(function (limit, number) {
    key(data.colours[number], say("band", { limits: (number ? data.bands[number - 1] + "–" : "≤ ") + limit }));
  });
  key(data.beyond, say("bandBeyond", { limit: data.bands[data.bands.length - 1] }));
  if (data.noRoad.length) { key(data.noRoadColour, say("noRoad")); }
  key(data.today, say("existing"));
  key(data.proposed, say("planned"));
  choice.addEventListener("change", function () { show(Number(choice.value)); });
  show(best);
}());
