using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sensing.CloudIngest.Configuration;

/// <summary>Certificates that an authority has revoked, from files (RFC 5280, section 5): the platform reads such lists over HTTP only.</summary>
/// <remarks>A list counts until another takes its place, also after its next update was due: a list that nobody renews must not let a revoked
/// certificate in again, nor lock out those that are not in it.</remarks>
internal sealed class RevocationList
{
    private const string Label = "X509 CRL";

    private static readonly Dictionary<string, (HashAlgorithmName Hash, bool IsRsa)> Algorithms = new(StringComparer.Ordinal)
    {
        ["1.2.840.10045.4.3.2"] = (HashAlgorithmName.SHA256, false),
        ["1.2.840.10045.4.3.3"] = (HashAlgorithmName.SHA384, false),
        ["1.2.840.10045.4.3.4"] = (HashAlgorithmName.SHA512, false),
        ["1.2.840.113549.1.1.11"] = (HashAlgorithmName.SHA256, true),
        ["1.2.840.113549.1.1.12"] = (HashAlgorithmName.SHA384, true),
        ["1.2.840.113549.1.1.13"] = (HashAlgorithmName.SHA512, true),
    };

    private readonly HashSet<(string Issuer, string Serial)> _revoked = [];

    /// <summary>Reads one or more lists.</summary>
    /// <param name="pem">PEM text.</param>
    /// <param name="authorities">Whose lists count.</param>
    /// <exception cref="CryptographicException">It contains no list, or a list that none of the authorities issued.</exception>
    public static RevocationList Read(string pem, X509Certificate2Collection authorities)
    {
        var list = new RevocationList();
        ReadOnlySpan<char> rest = pem;
        int found = 0;
        while (PemEncoding.TryFind(rest, out PemFields fields))
        {
            if (rest[fields.Label].SequenceEqual(Label))
            {
                found++;
                list.Add(Convert.FromBase64String(rest[fields.Base64Data].ToString()), authorities);
            }

            rest = rest[fields.Location.End..];
        }

        return found > 0 ? list : throw new CryptographicException($"There is no '-----BEGIN {Label}-----' in it.");
    }

    public bool Contains(X509Certificate2 certificate) =>
        _revoked.Contains((Convert.ToHexString(certificate.IssuerName.RawData), Convert.ToHexString(certificate.SerialNumberBytes.Span)));

    private void Add(byte[] der, X509Certificate2Collection authorities)
    {
        try
        {
            AsnReader whole = new AsnReader(der, AsnEncodingRules.DER).ReadSequence();
            ReadOnlyMemory<byte> signed = whole.ReadEncodedValue();
            string algorithm = whole.ReadSequence().ReadObjectIdentifier();
            byte[] signature = whole.ReadBitString(out _);
            AsnReader fields = new AsnReader(signed, AsnEncodingRules.DER).ReadSequence();
            if (fields.PeekTag().HasSameClassAndValue(Asn1Tag.Integer))
            {
                fields.ReadInteger();
            }

            fields.ReadSequence();
            ReadOnlyMemory<byte> issuer = fields.ReadEncodedValue();
            if (!authorities.Any(authority => authority.SubjectName.RawData.AsSpan().SequenceEqual(issuer.Span) && IsSigned(authority, algorithm, signed.Span, signature)))
            {
                throw new CryptographicException("The revocation list is not signed by an authority of clientCaFile.");
            }

            // thisUpdate, and nextUpdate where there is one.
            fields.ReadEncodedValue();
            while (fields.HasData && (fields.PeekTag().HasSameClassAndValue(Asn1Tag.UtcTime) || fields.PeekTag().HasSameClassAndValue(Asn1Tag.GeneralizedTime)))
            {
                fields.ReadEncodedValue();
            }

            if (fields.HasData && fields.PeekTag().HasSameClassAndValue(Asn1Tag.Sequence))
            {
                AsnReader revoked = fields.ReadSequence();
                while (revoked.HasData)
                {
                    _revoked.Add((Convert.ToHexString(issuer.Span), Convert.ToHexString(revoked.ReadSequence().ReadIntegerBytes().Span)));
                }
            }
        }
        catch (AsnContentException error)
        {
            throw new CryptographicException("The revocation list is malformed.", error);
        }
    }

    private static bool IsSigned(X509Certificate2 authority, string algorithm, ReadOnlySpan<byte> signed, byte[] signature)
    {
        if (!Algorithms.TryGetValue(algorithm, out (HashAlgorithmName Hash, bool IsRsa) how))
        {
            return false;
        }

        using RSA? rsa = how.IsRsa ? authority.GetRSAPublicKey() : null;
        using ECDsa? curve = how.IsRsa ? null : authority.GetECDsaPublicKey();
        return rsa?.VerifyData(signed, signature, how.Hash, RSASignaturePadding.Pkcs1)
            ?? curve?.VerifyData(signed, signature, how.Hash, DSASignatureFormat.Rfc3279DerSequence) ?? false;
    }
}
