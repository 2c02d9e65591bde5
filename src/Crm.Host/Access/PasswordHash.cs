using System.Globalization;
using System.Security.Cryptography;

namespace Crm.Host.Access;

/// <summary>PBKDF2-HMAC-SHA-256 with a salt of its own for each password and versioned parameters (SEC-04).</summary>
public static class PasswordHash
{
    public const int Iterations = 600_000;

    /// <summary>At least 12 characters, no rules of composition (SEC-03).</summary>
    public const int ShortestPassword = 12;

    public const int LongestPassword = 256;

    private const string Scheme = "pbkdf2-sha256";
    private const int SaltLength = 16, KeyLength = 32;

    public static string Of(string password)
    {
        byte[] salt = RandomNumberGenerator.GetBytes(SaltLength);
        return string.Join('$', Scheme, Iterations.ToString(CultureInfo.InvariantCulture), Convert.ToHexStringLower(salt), Convert.ToHexStringLower(Derive(password, salt, Iterations)));
    }

    public static bool Matches(string password, string hash)
    {
        string[] parts = hash.Split('$');
        if (parts.Length != 4 || parts[0] != Scheme || !int.TryParse(parts[1], CultureInfo.InvariantCulture, out int iterations) || iterations < 1) return false;
        return CryptographicOperations.FixedTimeEquals(Derive(password, Convert.FromHexString(parts[2]), iterations), Convert.FromHexString(parts[3]));
    }

    /// <summary>Why a password cannot be taken; null when it can.</summary>
    public static string? Problem(string password) => password.Length switch
    {
        < ShortestPassword => $"the password needs at least {ShortestPassword} characters",
        > LongestPassword => $"the password has more than {LongestPassword} characters",
        _ => password.Distinct().Count() < 4 ? "the password repeats fewer than four characters" : null,
    };

    private static byte[] Derive(string password, byte[] salt, int iterations) =>
        Rfc2898DeriveBytes.Pbkdf2(password, salt, iterations, HashAlgorithmName.SHA256, KeyLength);
}
