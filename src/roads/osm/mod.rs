//! Roads, fire stations and places from an OpenStreetMap extract.
