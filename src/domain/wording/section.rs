//! The macro that declares a section of the catalogue: fields, their kinds and the places they are shown in.

/// `field: Kind` nests a section; `field: Kind, in Place` is a text shown there.
macro_rules! section {
    ($(#[$doc:meta])* $name:ident { $($(#[$fdoc:meta])* $field:ident : $kind:ty $(, in $place:ident)?;)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $name { $($(#[$fdoc])* pub $field: $kind),+ }

        impl $crate::domain::wording::Wording for $name {
            fn read(
                source: &mut dyn $crate::domain::wording::Source,
                key: &str,
                place: $crate::domain::wording::Place,
            ) -> Self {
                let _inherited = place;
                $name { $($field: <$kind as $crate::domain::wording::Wording>::read(
                    source,
                    &$crate::domain::wording::below(key, stringify!($field)),
                    $crate::domain::wording::section::place!($($place)?),
                )),+ }
            }
            fn each(
                &self,
                key: &str,
                show: &mut dyn FnMut(&str, $crate::domain::document::Spans),
            ) {
                $(self.$field.each(&$crate::domain::wording::below(key, stringify!($field)), show);)+
            }
        }
    };
}

/// The place named, or none in particular for a section within a section.
macro_rules! place {
    () => {
        $crate::domain::wording::Place::Para
    };
    ($place:ident) => {
        $crate::domain::wording::Place::$place
    };
}

pub(crate) use {place, section};
