namespace Crm.Plant.Alarms;

/// <summary>The particulars of shelving an alarm or taking it out of service.</summary>
/// <param name="For">How long; ignored out of service.</param>
/// <param name="OneShot">End with the return of the condition if that is earlier.</param>
/// <param name="Reference">Work order, for out of service.</param>
public sealed record AlarmOrder(string Reason, TimeSpan For = default, bool OneShot = false, string Reference = "");
