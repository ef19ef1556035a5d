//! The coordinate system of a GeoJSON file: WGS 84 since 2016 (RFC 7946), before that whatever its member
//! `crs` says.

use geojson::{Feature, FeatureCollection, GeoJson, Geometry, JsonObject, JsonValue};

use crate::geography::crs::Crs;
use crate::geography::crs::meaning::SaidBy;
use crate::geography::datum::Datum;

/// The member that says it.
const MEMBER: &str = "crs";

/// What the coordinates of a document are; `stated` says of its degrees what it cannot.
///
/// # Errors
/// In words, when a `crs` is not understood or not converted here, or stands on a part of the file and is
/// another than WGS 84.
pub fn of_document(document: &GeoJson, stated: Option<Datum>) -> Result<Crs, String> {
    let whole = match document {
        GeoJson::FeatureCollection(FeatureCollection {
            foreign_members, ..
        })
        | GeoJson::Feature(Feature {
            foreign_members, ..
        })
        | GeoJson::Geometry(Geometry {
            foreign_members, ..
        }) => foreign_members,
    };
    let crs = match member(whole) {
        None => Crs::degrees(stated),
        Some(member) => of_member(member, stated)?,
    };
    let features: &[Feature] = match document {
        GeoJson::FeatureCollection(collection) => &collection.features,
        GeoJson::Feature(feature) => std::slice::from_ref(feature),
        GeoJson::Geometry(_) => &[],
    };
    for (feature, number) in features.iter().zip(1..) {
        let of_geometry = feature.geometry.as_ref().map(|of| &of.foreign_members);
        let parts = [Some(&feature.foreign_members), of_geometry];
        for part in parts.into_iter().flatten().filter_map(member) {
            let is_like_the_rest =
                of_member(part, stated).is_ok_and(|part| part.is_degrees() && crs.is_degrees());
            if !is_like_the_rest && member(whole) != Some(part) {
                return Err(format!(
                    "feature {number} has a `crs` of its own, {part}; the file should have one for all of it"
                ));
            }
        }
    }
    Ok(crs)
}

fn member(members: &Option<JsonObject>) -> Option<&JsonValue> {
    members.as_ref()?.get(MEMBER)
}

/// A `crs` in each of the forms that programs have written: a name, a code, a link, or plain text.
fn of_member(crs: &JsonValue, stated: Option<Datum>) -> Result<Crs, String> {
    let property = |name: &str| crs.get("properties").and_then(|of| of.get(name));
    let forms = ["name", "code", "href", "url"].map(property);
    let name = match (crs, forms.into_iter().flatten().next()) {
        (JsonValue::String(name), _) | (_, Some(JsonValue::String(name))) => Some(name.clone()),
        (JsonValue::Number(code), _) | (_, Some(JsonValue::Number(code))) => Some(code.to_string()),
        _ => None,
    };
    match (crs, name) {
        (JsonValue::Null, _) if stated.is_some() => Ok(Crs::degrees(stated)),
        (JsonValue::Null, _) => Err(
            "its `crs` is null, which says that nothing is known of its coordinates; take the member out if \
             they are WGS 84, or say what they are"
                .to_owned(),
        ),
        (_, Some(name)) => {
            Crs::named(&name, stated, SaidBy::GeoJsonCrs).map_err(|problem| format!("its `crs` is `{name}`: {problem}"))
        }
        (_, None) => Err(format!(
            "its `crs` is {crs}, which is no form that is known; it should be \
             {{\"type\": \"name\", \"properties\": {{\"name\": \"EPSG:4490\"}}}}, or left out for WGS 84"
        )),
    }
}
