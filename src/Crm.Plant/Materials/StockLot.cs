namespace Crm.Plant.Materials;

/// <summary>A lot of a bought material on the shelf or in a drum: identity, strength and expiry.</summary>
/// <param name="Strength">kg of the active species per kg, 0 to 1.</param>
/// <param name="Expires">Last day of use; null where the material does not age.</param>
/// <param name="Remaining">kg.</param>
/// <param name="Blocked">Why it must not be used (quarantine, failed analysis); empty when it may.</param>
public sealed record StockLot(string Id, string Material, double Strength, DateOnly? Expires, double Remaining, string Blocked = "");
