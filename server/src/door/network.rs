//! The network that someone comes from: what of an address is limited, because
//! one household or one attacker has all that is behind it.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use axum::http::HeaderMap;
use ipnet::IpNet;

/// The first 24 bits of an IPv4 address, the first 48 of an IPv6 address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Network(IpAddr);

impl Network {
    pub(crate) fn of(address: IpAddr) -> Self {
        Self(match address.to_canonical() {
            IpAddr::V4(address) => {
                let [a, b, c, _] = address.octets();
                Ipv4Addr::new(a, b, c, 0).into()
            }
            IpAddr::V6(address) => {
                let [a, b, c, ..] = address.segments();
                Ipv6Addr::new(a, b, c, 0, 0, 0, 0, 0).into()
            }
        })
    }
}

/// Whether it is taken for a proxy before this server: one of those that the
/// operator named, or, when none was named, a machine of a private network.
pub(super) fn is_proxy(address: IpAddr, named: &[IpNet]) -> bool {
    let address = address.to_canonical();
    if !named.is_empty() {
        return named.iter().any(|network| network.contains(&address));
    }
    match address {
        IpAddr::V4(address) => {
            address.is_loopback() || address.is_private() || address.is_link_local()
        }
        IpAddr::V6(address) => {
            address.is_loopback() || address.is_unique_local() || address.is_unicast_link_local()
        }
    }
}

/// The network of whoever asks. Proxies are believed and asked for whom they
/// speak, from the last to the first; what stands before the first address that
/// is no proxy's was written by whoever has it, and says nothing.
pub(super) fn of(peer: IpAddr, headers: &HeaderMap, proxies: &[IpNet]) -> Option<Network> {
    if !is_proxy(peer, proxies) {
        return Some(Network::of(peer));
    }
    let lines: Vec<&str> = headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|line| line.to_str().ok())
        .collect();
    let said = lines.iter().rev().flat_map(|line| line.rsplit(','));
    for address in said {
        // Something that is no address was not written by a proxy.
        let address: IpAddr = address.trim().parse().ok()?;
        if !is_proxy(address, proxies) {
            return Some(Network::of(address));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn from(peer: &str, forwarded: &[&'static str], proxies: &[&str]) -> Option<String> {
        let mut headers = HeaderMap::new();
        for line in forwarded {
            headers.append("x-forwarded-for", HeaderValue::from_static(line));
        }
        let proxies: Vec<_> = proxies.iter().map(|it| it.parse().unwrap()).collect();
        let network = of(peer.parse().unwrap(), &headers, &proxies)?;
        Some(network.0.to_string())
    }

    #[test]
    fn addresses_of_one_household_are_one() {
        assert_eq!(from("203.0.113.9", &[], &[]).unwrap(), "203.0.113.0");
        assert_eq!(from("::ffff:203.0.113.9", &[], &[]).unwrap(), "203.0.113.0");
        let six = from("2001:db8:7:8:9::1", &[], &[]).unwrap();
        assert_eq!(six, "2001:db8:7::");
    }

    #[test]
    fn a_proxy_says_for_whom_it_asks_and_nobody_else_can() {
        let visitor = Some("203.0.113.0".to_owned());
        assert_eq!(from("127.0.0.1", &["203.0.113.9"], &[]), visitor);
        assert_eq!(
            from("127.0.0.1", &["198.51.100.7, 203.0.113.9"], &[]),
            visitor
        );
        assert_eq!(
            from("127.0.0.1", &["198.51.100.7", "203.0.113.9"], &[]),
            visitor
        );
        assert_eq!(from("10.0.0.2", &["203.0.113.9, 10.0.0.3"], &[]), visitor);
        // Whoever is no proxy is who they are, whatever they say.
        assert_eq!(from("203.0.113.9", &["198.51.100.7"], &[]), visitor);
        assert_eq!(from("127.0.0.1", &[], &[]), None);
        assert_eq!(from("127.0.0.1", &["nonsense"], &[]), None);
    }

    proptest::proptest! {
        #[test]
        fn whatever_a_proxy_says_is_a_network_or_nothing(
            said in "[0-9a-f:., ]{0,60}|\\PC{0,40}",
        ) {
            let mut headers = HeaderMap::new();
            if let Ok(value) = HeaderValue::from_str(&said) {
                headers.append("x-forwarded-for", value);
            }
            if let Some(network) = of([127, 0, 0, 1].into(), &headers, &[]) {
                assert!(!is_proxy(network.0, &[]), "{said}");
            }
        }
    }

    #[test]
    fn the_operator_can_name_the_proxies() {
        let named = ["192.0.2.0/24"];
        let visitor = Some("203.0.113.0".to_owned());
        assert_eq!(from("192.0.2.1", &["203.0.113.9"], &named), visitor);
        let private = from("10.0.0.2", &["203.0.113.9"], &named);
        assert_eq!(private.unwrap(), "10.0.0.0");
    }
}
