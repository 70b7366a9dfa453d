# dashboard.jq - a dashboard in; out: the name of each field that Grafana's kind Dashboard does not have so, one a line
#
# As kinds/dashboard and the options of the panels stat and timeseries have it in Grafana 10: which fields there are, of
# which type, and which words may be in them.  Fields of import, __requires and the like, are the import's own.
def text: type == "string";
def flag: type == "boolean";
def count: type == "number" and . >= 0 and . == floor;
def one_of(words): . as $word | [words] | index([$word]) != null;
def texts: type == "array" and all(.[]; text);

# The values of fields are as they have to be, and there is no other field; $must are there.
def fields($where; $must; of):
  . as $object
  | (if type == "object" then empty else "\($where): no object" end),
    (objects | ($must - keys)[] | "\($where).\(.): missing"),
    (objects | to_entries[] | . as $field
      | if [$field | of] == [true] then empty else "\($where).\($field.key)" end);

def source: type == "object" and (keys - ["type", "uid"]) == [] and all(.[]; text);
def target: type == "object" and (.refId | text) and (.expr | text) and (.datasource | source)
  and (.range == true or .instant == true) and (.legendFormat | text) and (.editorMode | one_of("code", "builder"));
def position: type == "object" and (keys - ["static"]) == ["h", "w", "x", "y"] and all(.[]; count)
  and .h > 0 and .w > 0 and .w <= 24 and .x < 24;
def thresholds: (.mode | one_of("absolute", "percentage")) and (.steps | type == "array" and length > 0
  and all(.[]; .color | text) and .[0].value == null and ([.[1:][].value] | all(type == "number") and . == sort));
def color: (.mode | text) and (.seriesBy == null or (.seriesBy | one_of("min", "max", "last")));
def calcs: texts and all(.[]; one_of("lastNotNull", "last", "first", "max", "min", "mean", "sum", "count"));
def legend: (.calcs | calcs) and (.displayMode | one_of("list", "table", "hidden")) and (.showLegend | flag)
  and (.placement | one_of("bottom", "right"));
def tooltip: (.mode | one_of("single", "multi", "none")) and (.sort | one_of("asc", "desc", "none"));
def reduce_options: (.calcs | calcs) and (.fields | text) and (.values | flag);

def custom_fields: .key as $key | .value
  | if $key == "drawStyle" then one_of("line", "bars", "points")
    elif $key == "showPoints" then one_of("auto", "never", "always")
    elif $key == "stacking" then (.group | text) and (.mode | one_of("none", "normal", "percent"))
    elif $key == "fillOpacity" then count and . <= 100
    elif $key == "lineWidth" then count and . <= 10
    elif $key == "spanNulls" then flag or type == "number"
    else false end;
def default_fields: .key as $key | .value
  | if $key == "unit" then one_of("none", "bytes", "short", "s", "percentunit")
    elif $key == "min" or $key == "max" then type == "number"
    elif $key == "decimals" then count
    elif $key == "thresholds" then thresholds
    elif $key == "color" then color
    elif $key == "custom" then [fields("custom"; []; custom_fields)] == []
    else false end;
def stat_fields: .key as $key | .value
  | if $key == "colorMode" then one_of("none", "value", "background", "background_solid")
    elif $key == "graphMode" then one_of("none", "line", "area")
    elif $key == "justifyMode" then one_of("auto", "center")
    elif $key == "orientation" then one_of("auto", "vertical", "horizontal")
    elif $key == "textMode" then one_of("auto", "value", "value_and_name", "name", "none")
    elif $key == "reduceOptions" then reduce_options
    else false end;
def series_fields: .key as $key | .value
  | if $key == "legend" then legend elif $key == "tooltip" then tooltip else false end;

def panel_fields: .key as $key | .value
  | if $key == "type" then one_of("stat", "timeseries")
    elif $key == "id" then count
    elif $key == "title" or $key == "description" then text
    elif $key == "datasource" then source
    elif $key == "gridPos" then position
    elif $key == "targets" then type == "array" and all(.[]; target)
    elif $key == "fieldConfig" then .overrides == [] and (keys - ["overrides"]) == ["defaults"]
    elif $key == "options" then type == "object"
    else false end;
def variable_fields: .key as $key | .value
  | if $key == "type" then one_of("query", "adhoc", "constant", "datasource", "interval", "textbox", "custom", "system")
    elif $key == "datasource" then source
    elif $key == "query" then text or type == "object"
    elif $key == "hide" or $key == "refresh" then one_of(0, 1, 2)
    elif $key == "sort" then count and . <= 8
    elif $key == "includeAll" or $key == "multi" or $key == "skipUrlSync" then flag
    elif $key == "current" then type == "object"
    elif $key == "options" then type == "array"
    else ($key | one_of("name", "label", "definition", "regex", "allValue", "queryValue")) and text end;
def note_fields: .key as $key | .value
  | if $key == "datasource" then source
    elif $key == "enable" or $key == "hide" then flag
    elif $key == "builtIn" then one_of(0, 1)
    else ($key | one_of("name", "iconColor", "type")) and text end;
def top_fields: .key as $key | .value
  | if $key == "__inputs" or $key == "__requires" then type == "array"
    elif $key == "__elements" or $key == "timepicker" then type == "object"
    elif $key == "id" then . == null
    elif $key == "editable" or $key == "liveNow" then flag
    elif $key == "graphTooltip" then one_of(0, 1, 2)
    elif $key == "fiscalYearStartMonth" then count and . < 12
    elif $key == "style" then one_of("dark", "light")
    elif $key == "refresh" then . == false or (text and test("^[0-9]+[smhd]$"))
    elif $key == "schemaVersion" or $key == "version" then count and . < 65536
    elif $key == "tags" then texts
    elif $key == "time" then (keys == ["from", "to"]) and all(.[]; text)
    elif $key == "links" or $key == "panels" then type == "array"
    elif $key == "templating" or $key == "annotations" then keys == ["list"]
    else ($key | one_of("title", "description", "uid", "timezone", "weekStart")) and text end;

fields("dashboard"; ["title", "panels", "schemaVersion", "time", "templating"]; top_fields),
(.annotations.list[] | fields("annotation \(.name)"; ["name", "datasource", "enable", "iconColor"]; note_fields)),
(.templating.list[] | fields("variable \(.name)"; ["name", "type", "hide", "skipUrlSync"]; variable_fields)),
(.panels[] | "panel \(.id)" as $where
  | fields($where; ["type", "id", "title", "gridPos", "fieldConfig", "options", "targets", "datasource"]; panel_fields),
    (.fieldConfig.defaults | fields("\($where).defaults"; ["unit"]; default_fields)),
    if .type == "stat" then .options | fields("\($where).options"; ["reduceOptions"]; stat_fields)
    else .options | fields("\($where).options"; ["legend", "tooltip"]; series_fields) end)
